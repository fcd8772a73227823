import { type Address, hrefWith } from '@/lib/search-params';
import { EmptyState } from '../ui/empty-state';
import { Tabs } from '../ui/tabs';
import { type Column, DataTable } from './data-table';
import { Pager } from './pager';

export type VerdictTab = { key: string; href: string; label: string; count: number };

export function verdictTabs(
  path: string,
  verdicts: readonly { key: string; label: string }[],
  counts: Record<string, number>,
  over: { refused: number; left: number } = { refused: 0, left: 0 },
): VerdictTab[] {
  const all = verdicts.map((verdict) => ({ ...verdict, count: counts[verdict.key] ?? 0 }));
  const ends = [
    { key: 'refused', label: 'Refused', count: over.refused },
    { key: 'left', label: 'Not reached', count: over.left },
  ];
  return [...all, ...ends]
    .filter(({ count }) => count > 0)
    .map(({ key, label, count }) => ({ key, label, count, href: `${path}?verdict=${key}` }));
}

type Props<Row> = {
  label: string;
  path: string;
  tabs: VerdictTab[];
  current: VerdictTab;
  columns: Column<Row>[];
  rows: Row[];
  previous: { n: number } | null;
  next: { n: number } | null;
};

export function VerdictTable<Row extends { n: number }>(props: Props<Row>) {
  const { label, path, tabs, current, columns, rows, previous, next } = props;
  const address: Address = { path, params: { verdict: current.key } };
  return (
    <section aria-label={label} className="flex flex-col gap-4">
      <Tabs
        label="Rows by verdict"
        current={current.href}
        tabs={tabs.map((tab) => ({ ...tab, count: tab.count.toLocaleString('en-US') }))}
      />
      <div>
        <DataTable
          caption={`${label}: ${current.label}`}
          columns={columns}
          rows={rows}
          rowKey={(row) => String(row.n)}
          rowLabel={(row) => `row ${row.n}`}
          address={address}
          empty={
            <EmptyState kind="nothing-matches" title="No rows here">
              Choose another verdict above.
            </EmptyState>
          }
        />
        <Pager
          newerHref={previous && hrefWith(address, { before: previous.n })}
          olderHref={next && hrefWith(address, { after: next.n })}
          shown={rows.length}
          count={current.count}
          noun={['row', 'rows']}
          labels={['Previous', 'Next']}
        />
      </div>
    </section>
  );
}
