import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { formatCount } from '@/lib/counts';
import { solid, type Tone } from './tone';

type Props = {
  label: string;
  value: number;
  max: number;
  detail?: ReactNode;
  counts?: { label: string; value: number; tone: Tone }[];
};

export function Progress({ label, value, max, detail, counts = [] }: Props) {
  const percent = max === 0 ? 100 : Math.floor((value / max) * 100);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <span className="font-medium">{label}</span>
        <span className="text-ink-soft tabular-nums">
          {formatCount(value)} of {formatCount(max)} · {percent}%
        </span>
      </div>
      <progress aria-label={label} value={value} max={Math.max(max, 1)} className="h-2 w-full" />
      {(detail || counts.length > 0) && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-ink-soft">
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {counts.map((count) => (
              <li key={count.label} className="inline-flex items-center gap-2">
                <span className={clsx('status-dot', solid[count.tone])} />
                <span className="font-medium text-ink tabular-nums">{formatCount(count.value)}</span> {count.label}
              </li>
            ))}
          </ul>
          {detail && <span>{detail}</span>}
        </div>
      )}
    </div>
  );
}
