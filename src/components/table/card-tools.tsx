import Link from 'next/link';
import { buttonClass } from '../ui/button';
import { Icon } from '../ui/icon';
import { Popout } from '../ui/popout';
import type { OrderedHeading } from './data-table';
import { SelectPage } from './select-page';

/** On phones rows are cards, so what the header offers stands above them. */
export function CardTools({ columns, formId }: { columns: OrderedHeading[]; formId?: string | undefined }) {
  const sortable = columns.filter(({ order }) => order !== null);
  if (sortable.length === 0 && !formId) return null;
  return (
    <div className="card-tools">
      {formId && <SelectPage formId={formId}>Select every row on this page</SelectPage>}
      {sortable.length > 0 && <SortBy columns={sortable} />}
    </div>
  );
}

function SortBy({ columns }: { columns: OrderedHeading[] }) {
  const sorted = columns.find(({ order }) => order?.current);
  return (
    <Popout
      // The key remounts it after sorting, or it would stay open.
      key={`${sorted?.sort} ${sorted?.order?.current}`}
      label="Sort by"
      align="start"
      triggerClassName={buttonClass('secondary', 'sm')}
      trigger={
        <>
          {sorted ? `Sorted by ${sorted.header}` : 'Sort by'}
          <Icon name="chevrons-up-down" className="size-3.5" />
        </>
      }
      panelClassName="w-56 p-1"
    >
      <ul aria-label="Sort by">
        {columns.map(({ key, header, order }) => (
          <li key={key}>{order && <SortLink header={header} {...order} />}</li>
        ))}
      </ul>
    </Popout>
  );
}

function SortLink({ header, href, current }: { header: string } & NonNullable<OrderedHeading['order']>) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-current={current ? 'true' : undefined}
      className="flex min-h-10 items-center justify-between gap-2 rounded-inner px-2.5 hover:bg-hover"
    >
      {header}
      {current && (
        <span className="inline-flex items-center gap-1 text-ink-soft">
          {current === 'desc' ? 'Descending' : 'Ascending'}
          <Icon name={current === 'desc' ? 'arrow-down' : 'arrow-up'} className="size-3.5" />
        </span>
      )}
    </Link>
  );
}
