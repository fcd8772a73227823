import type { ReactNode } from 'react';
import { type Count, formatCount } from '@/lib/counts';
import { TextLink } from '../ui/text-link';

type Bar = { label: string; href: string; count: Count };

/** Bars beside their names, so the table is the chart. Each name leads to the list with as many rows. */
export function BarList({
  finding,
  name,
  bars,
}: {
  finding: ReactNode;
  name: [label: string, count: string];
  bars: Bar[];
}) {
  const most = Math.max(1, ...bars.map(({ count }) => sizeOf(count)));
  return (
    <figure>
      <figcaption className="mb-3 text-ink-soft">{finding}</figcaption>
      <table className="w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">{name[0]}</th>
            <th scope="col">{name[1]}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ label, href, count }) => (
            <tr key={label}>
              <th scope="row" className="whitespace-nowrap py-1 pr-3 text-left font-normal">
                <TextLink href={href} quiet>
                  {label}
                </TextLink>
              </th>
              <td className="w-full py-1">
                <span className="flex items-center gap-2">
                  <svg aria-hidden="true" className="h-4 w-full min-w-0" preserveAspectRatio="none">
                    <rect height="100%" width={`${(100 * sizeOf(count)) / most}%`} rx={2} className="chart-bar" />
                  </svg>
                  <span className="min-w-8 text-right tabular-nums">{formatCount(count)}</span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function sizeOf(count: Count): number {
  if (typeof count === 'number') return count;
  return 'about' in count ? count.about : count.atLeast;
}
