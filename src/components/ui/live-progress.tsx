'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Progress } from './progress';

export type ProgressFigures = {
  state: string;
  done: number;
  total: number;
  applied: number;
  refused: number;
  perSecond: number | null;
  secondsLeft: number | null;
};

type Props = { label: string; href: string; initial: ProgressFigures };

const everyMs = 1_000;
const reloadMs = 15_000;

export function LiveProgress({ label, href, initial }: Props) {
  const [progress, setProgress] = useState(initial);
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isUnmounted = false;
    // One request at a time: a reload requested again every second would never arrive from a busy server.
    const poll = async () => {
      const now = await figuresAt(href);
      if (isUnmounted) return;
      if (now) setProgress(now);
      const isOver = now !== null && now.state !== initial.state;
      if (isOver) router.refresh();
      timer = setTimeout(poll, isOver ? reloadMs : everyMs);
    };
    timer = setTimeout(poll, everyMs);
    return () => {
      isUnmounted = true;
      clearTimeout(timer);
    };
  }, [href, initial.state, router]);
  return (
    <>
      <Progress
        label={label}
        value={Math.min(progress.done, progress.total)}
        max={progress.total}
        detail={detailOf(progress)}
        counts={
          progress.applied + progress.refused > 0
            ? [
                { label: 'done', value: progress.applied, tone: 'good' },
                { label: 'refused', value: progress.refused, tone: 'bad' },
              ]
            : []
        }
      />
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
    </>
  );
}

async function figuresAt(href: string): Promise<ProgressFigures | null> {
  const response = await fetch(href, { headers: { accept: 'application/json' } }).catch(() => null);
  return response?.ok ? ((await response.json()) as ProgressFigures) : null;
}

function detailOf({ perSecond, secondsLeft, done }: ProgressFigures): string {
  if (!perSecond || secondsLeft === null) return done === 0 ? 'Waiting to start' : 'In progress';
  const rows = `${perSecond.toLocaleString('en-US')} rows a second`;
  if (secondsLeft <= 0) return `${rows}, finishing`;
  const left = secondsLeft < 90 ? `${secondsLeft} seconds` : `${Math.ceil(secondsLeft / 60)} minutes`;
  return `${rows}, about ${left} left`;
}
