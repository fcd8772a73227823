'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Progress } from './progress';

/** What the address of the figures answers, and the page begins with. */
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

/** Asks how far the work is, and loads the page anew when it is over. Without scripts the page refreshes itself. */
export function LiveProgress({ label, href, initial }: Props) {
  const [progress, setProgress] = useState(initial);
  const router = useRouter();
  useEffect(() => {
    const look = async () => {
      const response = await fetch(href, { headers: { accept: 'application/json' } }).catch(() => null);
      if (!response?.ok) return;
      const now = (await response.json()) as ProgressFigures;
      setProgress(now);
      if (now.state !== initial.state) router.refresh();
    };
    const timer = setInterval(look, everyMs);
    return () => clearInterval(timer);
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

function detailOf({ perSecond, secondsLeft, done }: ProgressFigures): string {
  if (perSecond === null || secondsLeft === null) return done === 0 ? 'Waiting for its turn' : 'Under way';
  const rows = `${perSecond.toLocaleString('en-US')} rows a second`;
  if (secondsLeft <= 0) return `${rows}, finishing`;
  const left = secondsLeft < 90 ? `${secondsLeft} seconds` : `${Math.ceil(secondsLeft / 60)} minutes`;
  return `${rows}, about ${left} left`;
}
