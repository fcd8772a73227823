import type { ReactNode } from 'react';

/** A record: its main column, and beside it, from 1100 wide, what one looks for. */
export function RecordColumns({ panel, children }: { panel: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-start gap-5 beside:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-5">{children}</div>
      <aside
        aria-label="At a glance"
        className="flex min-w-0 flex-col divide-y divide-line rounded-ui border border-line bg-surface"
      >
        {panel}
      </aside>
    </div>
  );
}

type PartProps = { title: string; more?: ReactNode; children: ReactNode };

export function PanelPart({ title, more, children }: PartProps) {
  return (
    <section className="px-5 py-4">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 className="font-semibold">{title}</h2>
        {more && <span className="text-xs">{more}</span>}
      </div>
      {children}
    </section>
  );
}

/** Short facts, one a line. What has no value is left out. */
export function PanelFacts({ facts }: { facts: { term: string; value: ReactNode }[] }) {
  return (
    <dl className="flex flex-col gap-1.5">
      {facts
        .filter(({ value }) => value !== null && value !== false)
        .map(({ term, value }) => (
          <div key={term} className="flex items-baseline justify-between gap-4">
            <dt className="shrink-0 text-ink-soft">{term}</dt>
            <dd className="min-w-0 break-words text-right">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
