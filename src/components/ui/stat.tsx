import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { solid, type Tone } from './tone';

type StatProps = {
  label: string;
  value: string;
  href?: string;
  hint?: string;
  tone?: Tone;
  /** The list on the page is the one it leads to. */
  isCurrent?: boolean;
};

// Known before the last figure has arrived, so that those before it do not move.
const columns: Record<number, string> = { 3: 'sm:grid-cols-3', 4: 'sm:grid-cols-4' };

export function StatRow({ label, children }: { label: string; children: ReactNode[] }) {
  return (
    <section aria-label={label}>
      <ul
        className={clsx(
          'grid grid-cols-2 gap-px overflow-hidden rounded-ui border border-line bg-line',
          columns[children.length],
        )}
      >
        {children}
      </ul>
    </section>
  );
}

/** A time in words would be louder than every number beside it. */
const isLong = (value: string) => value.length > 8 && !/\d$|\+$|million$/.test(value);

export function Stat({ label, value, href, hint, tone, isCurrent = false }: StatProps) {
  const face = (
    <>
      <span className="flex items-center gap-2 text-xs text-ink-soft">
        {tone && <span className={clsx('status-dot', solid[tone])} />}
        {label}
      </span>
      <span
        className={clsx(
          'mt-0.5 block font-semibold',
          isLong(value) ? 'text-base' : 'text-2xl tabular-nums tracking-tight',
        )}
      >
        {value}
      </span>
      {hint && <span className="block text-xs text-ink-soft">{hint}</span>}
    </>
  );
  return (
    <li className="bg-surface max-sm:last:odd:col-span-2">
      {href ? (
        <Link
          href={href}
          prefetch={false}
          aria-current={isCurrent ? 'true' : undefined}
          className={clsx(
            'block h-full border-b-2 px-4 pt-3 pb-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2',
            isCurrent ? 'border-accent' : 'border-transparent',
          )}
        >
          {face}
        </Link>
      ) : (
        <div className="px-4 py-3">{face}</div>
      )}
    </li>
  );
}
