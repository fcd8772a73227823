import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Address } from '@/lib/search-params';
import { Icon } from '../ui/icon';
import { CardTools, type Direction, orderOf, SelectPage, type Sort } from './data-table-tools';

export type Column<Row> = {
  /** Unique in the table; stored in people's choice of columns. */
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The full text of a cell that may be cut. Cells without it must handle long text themselves. */
  text?: (row: Row) => string;
  sort?: string;
  firstDirection?: Direction;
  align?: 'start' | 'end';
  width?: 'narrow' | 'wide';
};

type Props<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowLabel: (row: Row) => string;
  address: Address;
  sort?: Sort;
  selection?: { formId: string; name?: string; isSelectable?: (row: Row) => boolean };
  menu?: (row: Row) => ReactNode;
  density?: 'comfortable' | 'compact';
  empty: ReactNode;
};

/** The table for all lists. The address holds the sort order; nothing here needs scripts. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, selection, menu, density = 'comfortable', empty } = props;
  if (rows.length === 0) return <div className="rounded-ui border border-line bg-surface">{empty}</div>;
  return (
    <div className="rounded-ui border border-line bg-surface">
      <CardTools columns={columns} address={props.address} sort={props.sort} formId={selection?.formId} />
      <table className="data-table" data-density={density}>
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {selection && <col data-width="tick" />}
          {columns.map((column) => (
            <col key={column.key} data-width={column.width} />
          ))}
          {menu && <col data-width="menu" />}
        </colgroup>
        <thead>
          <tr>
            {selection && (
              <th scope="col" data-part="tick">
                <SelectPage formId={selection.formId} />
                <span className="sr-only">Selected</span>
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} address={props.address} sort={props.sort} />
            ))}
            {menu && (
              <th scope="col" data-part="menu">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BodyRow key={rowKey(row)} row={row} table={props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeaderCellProps<Row> = { column: Column<Row> } & Pick<Props<Row>, 'address' | 'sort'>;

function HeaderCell<Row>({ column, address, sort }: HeaderCellProps<Row>) {
  if (!column.sort) {
    return (
      <th scope="col" data-align={column.align}>
        <span className="block truncate">{column.header}</span>
      </th>
    );
  }
  const { current, href } = orderOf(column, address, sort);
  const icon = current === 'desc' ? 'arrow-down' : current === 'asc' ? 'arrow-up' : 'chevrons-up-down';
  return (
    <th scope="col" data-align={column.align} aria-sort={current && ariaSort[current]}>
      <Link
        href={href}
        prefetch={false}
        scroll={false}
        className={`group/sort -mx-1.5 inline-flex h-7 max-w-[calc(100%+0.75rem)] items-center gap-1 rounded-inner px-1.5 hover:bg-pressed hover:text-ink ${current ? 'text-ink' : ''} ${column.align === 'end' ? 'flex-row-reverse' : ''}`}
      >
        <span className="truncate">{column.header}</span>
        <Icon
          name={icon}
          className={`size-3.5 ${current ? '' : 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100'}`}
        />
      </Link>
    </th>
  );
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

function BodyRow<Row>({ row, table }: { row: Row; table: Props<Row> }) {
  const { columns, selection, menu, rowKey, rowLabel } = table;
  return (
    <tr data-row="">
      {selection && (
        <td data-part="tick">
          <label className="flex size-8 items-center justify-center">
            <input
              type="checkbox"
              form={selection.formId}
              name={selection.name ?? 'ids'}
              value={rowKey(row)}
              disabled={selection.isSelectable?.(row) === false}
              aria-label={`Select ${rowLabel(row)}`}
              className="tick"
            />
          </label>
        </td>
      )}
      {columns.map((column, index) => {
        const Cell = index === 0 ? 'th' : 'td';
        return (
          <Cell
            key={column.key}
            scope={index === 0 ? 'row' : undefined}
            title={column.text?.(row)}
            data-label={column.header}
            data-align={column.align}
            data-cut={column.text && ''}
          >
            <div className="min-w-0">{column.cell(row)}</div>
          </Cell>
        );
      })}
      {menu && <td data-part="menu">{menu(row)}</td>}
    </tr>
  );
}
