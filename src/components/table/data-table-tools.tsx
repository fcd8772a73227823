import Link from 'next/link';
import { type Address, hrefWith } from '@/lib/search-params';
import { buttonClass } from '../ui/button';
import { Icon } from '../ui/icon';
import { Popout } from '../ui/popout';

export type Direction = 'asc' | 'desc';
export type Sort = { key: string; direction: Direction };

export type Sortable = { header: string; sort?: string; firstDirection?: Direction };

export function orderOf(column: Sortable, address: Address, sort: Sort | undefined) {
  const current = column.sort !== undefined && sort?.key === column.sort ? sort.direction : undefined;
  const next = current ? opposite[current] : (column.firstDirection ?? 'asc');
  return { current, href: hrefWith(address, { sort: column.sort ?? null, direction: next }) };
}

const opposite = { asc: 'desc', desc: 'asc' } as const;

export function SelectPage({ formId, children }: { formId: string; children?: string }) {
  return (
    <label className="flex min-h-8 min-w-8 items-center justify-center gap-2 noscript:hidden">
      <input
        type="checkbox"
        data-select-page={formId}
        aria-label={children ? undefined : 'Select every row on this page'}
        className="tick"
      />
      {children}
    </label>
  );
}

type Props = { columns: Sortable[]; address: Address; sort?: Sort | undefined; formId?: string | undefined };

export function CardTools({ columns, address, sort, formId }: Props) {
  const sortable = columns.filter((column) => column.sort !== undefined);
  if (sortable.length === 0 && !formId) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-b px-4 py-2 md:hidden print:hidden">
      {formId && <SelectPage formId={formId}>Select every row on this page</SelectPage>}
      {sortable.length > 0 && <SortBy columns={sortable} address={address} sort={sort} />}
    </div>
  );
}

function SortBy({ columns, address, sort }: { columns: Sortable[]; address: Address; sort: Sort | undefined }) {
  const current = columns.find((column) => column.sort === sort?.key);
  return (
    <Popout
      // The key remounts it after sorting, or it would stay open.
      key={`${sort?.key} ${sort?.direction}`}
      label="Sort by"
      align="start"
      triggerClassName={buttonClass('secondary', 'sm')}
      trigger={
        <>
          {current ? `Sorted by ${current.header}` : 'Sort by'}
          <Icon name="chevrons-up-down" className="size-3.5" />
        </>
      }
      panelClassName="w-56 p-1"
    >
      <ul aria-label="Sort by">
        {columns.map((column) => (
          <li key={column.sort}>
            <SortLink column={column} address={address} sort={sort} />
          </li>
        ))}
      </ul>
    </Popout>
  );
}

function SortLink({ column, address, sort }: { column: Sortable; address: Address; sort: Sort | undefined }) {
  const { current, href } = orderOf(column, address, sort);
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-current={current ? 'true' : undefined}
      className="flex min-h-10 items-center justify-between gap-2 rounded-inner px-2.5 hover:bg-hover"
    >
      {column.header}
      {current && (
        <span className="inline-flex items-center gap-1 text-ink-soft">
          {current === 'desc' ? 'Descending' : 'Ascending'}
          <Icon name={current === 'desc' ? 'arrow-down' : 'arrow-up'} className="size-3.5" />
        </span>
      )}
    </Link>
  );
}
