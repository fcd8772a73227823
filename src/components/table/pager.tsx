import { clsx } from 'clsx';
import Link from 'next/link';
import { type Count, countOf, formatCount } from '@/lib/counts';
import { type Address, hrefWith } from '@/lib/search-params';
import { buttonClass } from '../ui/button';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icons';

type Props = {
  newerHref: string | null;
  olderHref: string | null;
  shown: number;
  count?: Count;
  noun: [one: string, many: string];
  labels?: [back: string, on: string];
  size?: { address: Address; current: number; options: number[] };
};

export function Pager({ newerHref, olderHref, shown, count, noun, labels = ['Newer', 'Older'], size }: Props) {
  return (
    <nav aria-label="Pages of this list" className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-3">
      {/* Announced when a search changes it. */}
      <p aria-live="polite" className="text-ink-soft tabular-nums">
        {shownOf(shown, count ?? (newerHref || olderHref ? null : shown), noun)}
      </p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 print:hidden">
        {size && <Sizes {...size} />}
        <div className="flex gap-2">
          <Step href={newerHref} icon="arrow-left" label={labels[0]} rel="prev" />
          <Step href={olderHref} icon="arrow-right" label={labels[1]} rel="next" />
        </div>
      </div>
    </nav>
  );
}

/** A single page shows its own count; for longer lists nothing is claimed that was not counted. */
function shownOf(shown: number, count: Count | null, noun: Props['noun']): string {
  if (count === null) return `${shown === 0 ? `No ${noun[1]}` : countOf(shown, ...noun)} on this page`;
  return count === shown ? countOf(count, ...noun) : `${formatCount(shown)} of ${countOf(count, ...noun)}`;
}

type StepProps = { href: string | null; icon: IconName; label: string; rel: 'prev' | 'next' };

function Step({ href, icon, label, rel }: StepProps) {
  const face = (
    <>
      {rel === 'prev' && <Icon name={icon} />}
      {label}
      {rel === 'next' && <Icon name={icon} />}
    </>
  );
  if (!href) {
    return (
      <span aria-disabled="true" className={buttonClass('secondary', 'sm')}>
        {face}
      </span>
    );
  }
  return (
    <Link href={href} prefetch={false} rel={rel} className={buttonClass('secondary', 'sm')}>
      {face}
    </Link>
  );
}

function Sizes({ address, current, options }: NonNullable<Props['size']>) {
  return (
    <ul aria-label="Rows on a page" className="flex items-center gap-0.5 text-ink-soft tabular-nums">
      {options.map((option) => (
        <li key={option}>
          <Link
            href={hrefWith(address, { size: option })}
            prefetch={false}
            aria-current={option === current ? 'true' : undefined}
            aria-label={`${option} rows on a page`}
            className={clsx(
              'inline-flex h-7 min-w-8 items-center justify-center rounded-inner px-1.5',
              option === current ? 'bg-pressed font-medium text-ink' : 'hover:bg-hover hover:text-ink',
            )}
          >
            {option}
          </Link>
        </li>
      ))}
    </ul>
  );
}
