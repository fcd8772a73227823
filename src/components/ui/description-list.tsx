import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type Item = { term: string; value: ReactNode; hint?: ReactNode };

export function DescriptionList({ items, columns = 1 }: { items: Item[]; columns?: 1 | 2 }) {
  return (
    <dl className={clsx('grid gap-x-10', columns === 2 && 'md:grid-cols-2')}>
      {items.map(({ term, value, hint }) => (
        <div
          key={term}
          className={clsx(
            'grid content-start gap-x-4 border-line border-b py-2.5 last:border-0 sm:grid-cols-[8.5rem_1fr]',
            // The second to last item shares the last line when it is on the left.
            columns === 2 && 'md:nth-last-2:odd:border-0',
          )}
        >
          <dt className="text-ink-soft">{term}</dt>
          <dd className="min-w-0 break-words">
            {isEmpty(value) ? <None /> : value}
            {hint && <span className="block text-xs text-ink-soft">{hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function isEmpty(value: ReactNode): boolean {
  return value === null || value === undefined || value === '' || value === false;
}

function None() {
  return (
    <span className="text-ink-soft">
      <span aria-hidden="true">–</span>
      <span className="sr-only">None</span>
    </span>
  );
}
