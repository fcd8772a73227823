import type { ReactNode } from 'react';
import { type Address, hrefWith } from '@/lib/search-params';
import { CardTools } from './card-tools';
import { type Order, orderOf } from './order';
import { nameOf } from './row-name';
import type { Cell, CellValues, Heading, Kind, RowAction, RowData, Sort } from './table-data';
import { TableView } from './table-view';

export type Column<Row> = {
  [K in Kind]: Omit<Heading, 'kind'> & { kind: K; value: (row: Row) => CellValues[K] | null };
}[Kind];

type RowMenu<Row> = {
  actions: Record<string, RowAction>;
  /** The keys of the actions that fit the row's state. */
  of: (row: Row) => string[];
  /** What else an action needs to know, such as the row's open invitation. */
  ref?: (row: Row) => string | undefined;
};

type Props<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowLabel: (row: Row) => string;
  rowHref?: (row: Row) => string | null;
  address: Address;
  sort?: Sort;
  selection?: { formId: string; name?: string; isSelectable?: (row: Row) => boolean };
  menu?: RowMenu<Row>;
  density?: 'comfortable' | 'compact';
  /** Its records are documents of their own, which the router must not put into this one. */
  opensDocuments?: boolean;
  empty: ReactNode;
};

/** The table for all lists: columns and rows as data. The address holds the order; nothing here needs scripts. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, address, sort, selection, menu, density = 'comfortable', empty } = props;
  if (rows.length === 0) return <div className="table-frame">{empty}</div>;
  const keys = [...new Set(rows.map((row) => menu?.of(row).join(' ') ?? ''))];
  const menus = menu && { actions: menu.actions, keys: keys.map((each) => each.split(' ').filter(Boolean)) };
  const base = baseOf(rows, props);
  const headings = columns.map(({ value: _, ...heading }) => ({ ...heading, order: orderOf(heading, address, sort) }));
  return (
    <div className="table-frame">
      <CardTools columns={headings} formId={selection?.formId} />
      <TableView
        caption={caption}
        columns={headings}
        rows={rows.map((row) => dataOf(row, props, keys, base))}
        density={density}
        opensDocuments={props.opensDocuments ?? false}
        selection={selection && { formId: selection.formId, name: selection.name ?? 'ids' }}
        menus={menus}
        base={base}
        returnTo={hrefWith(address, placeIn(address))}
      />
    </div>
  );
}

export type OrderedHeading = Heading & { order: Order | null };

/** What the addresses of all rows begin with, before their ids. */
function baseOf<Row>(rows: Row[], { rowHref, rowKey }: Props<Row>): string | undefined {
  const hrefs = rows.map((row) => ({ id: rowKey(row), href: rowHref?.(row) ?? '' }));
  const found = hrefs.find(({ id, href }) => href.endsWith(`/${id}`));
  return found?.href.slice(0, -found.id.length);
}

/** Leaves out what the browser can tell by itself, because it is sent for each row. */
function dataOf<Row>(row: Row, props: Props<Row>, keys: string[], base: string | undefined): RowData {
  const { columns, rowKey, rowLabel, rowHref, selection, menu } = props;
  const cells = columns.map(({ value }): Cell => value(row));
  const [id, href, label, ref] = [rowKey(row), rowHref?.(row), rowLabel(row), menu?.ref?.(row)];
  return {
    id,
    cells,
    ...(label !== nameOf(cells[0]) && { label }),
    ...(base !== undefined && href !== base + id && { href: href ?? '' }),
    ...(base === undefined && href && { href }),
    ...(menu && { menu: keys.indexOf(menu.of(row).join(' ')) }),
    ...(ref && { ref }),
    ...(selection?.isSelectable?.(row) === false && { isFixed: true }),
  };
}

/** `hrefWith` drops the cursors unless they are passed on. */
function placeIn({ params }: Address) {
  const { after, before } = params;
  return { ...(typeof after === 'string' && { after }), ...(typeof before === 'string' && { before }) };
}
