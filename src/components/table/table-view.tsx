'use client';

import { useRef } from 'react';
import { Icon } from '../ui/icon';
import { CellContent, wholeText } from './cells';
import type { OrderedHeading } from './data-table';
import { RowMenu } from './row-menu';
import { hrefOf, labelOf } from './row-name';
import { SelectPage } from './select-page';
import type { Cell, Label, Menus, Person, RowData } from './table-data';
import { useRowLinks } from './use-row-links';

type Selection = { formId: string; name: string };

type Props = {
  caption: string;
  columns: OrderedHeading[];
  rows: RowData[];
  density: 'comfortable' | 'compact';
  selection: Selection | undefined;
  menus: Menus | undefined;
  base: string | undefined;
  opensDocuments: boolean;
  returnTo: string;
};

export function TableView(props: Props) {
  const { caption, columns, rows, density, selection, menus, base, returnTo } = props;
  const box = useRef<HTMLDivElement>(null);
  useRowLinks(box, props.opensDocuments);
  return (
    <div ref={box} className="table-box">
      {menus && <DotsDrawing />}
      <table className="data-table" data-density={density} data-ticks={selection && ''}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className="c-tick">
                <SelectPage formId={selection.formId} />
                <span className="sr-only">Selected</span>
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} />
            ))}
            {menus && (
              <th scope="col" className="c-menu">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BodyRow key={row.id} row={row} columns={columns} selection={selection} menus={menus} base={base} />
          ))}
        </tbody>
      </table>
      {menus && <RowMenu box={box} rows={rows} menus={menus} base={base} returnTo={returnTo} />}
    </div>
  );
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;
const arrows = { asc: 'arrow-up', desc: 'arrow-down' } as const;

function HeaderCell({ column: { header, kind, order } }: { column: OrderedHeading }) {
  const current = order?.current;
  return (
    <th scope="col" className={`c-${kind}`} aria-sort={current && ariaSort[current]}>
      {order ? (
        <a href={order.href} data-keep-scroll="">
          {header}
          {current && <Icon name={arrows[current]} />}
        </a>
      ) : (
        header
      )}
    </th>
  );
}

/** Drawn once and referred to by every row: the address of the sprite would be in each. */
function DotsDrawing() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <symbol id="row-dots" viewBox="0 0 24 24" fill="currentColor">
        <circle cx="12" cy="5" r="1.75" />
        <circle cx="12" cy="12" r="1.75" />
        <circle cx="12" cy="19" r="1.75" />
      </symbol>
    </svg>
  );
}

function Dots() {
  return (
    <svg className="icon" aria-hidden="true">
      <use href="#row-dots" />
    </svg>
  );
}

type RowProps = {
  row: RowData;
  columns: OrderedHeading[];
  selection: Selection | undefined;
  menus: Menus | undefined;
  base: string | undefined;
};

function BodyRow({ row, columns, selection, menus, base }: RowProps) {
  const [label, href] = [labelOf(row), hrefOf(row, base)];
  return (
    <tr>
      {selection && (
        <td className="c-tick">
          <label className="tick-label">
            <input
              type="checkbox"
              form={selection.formId}
              name={selection.name}
              value={row.id}
              disabled={row.isFixed}
              aria-label={`Select ${label}`}
              className="tick"
            />
          </label>
        </td>
      )}
      {columns.map((column, index) =>
        index === 0 ? (
          <HeadCell key={column.key} column={column} value={row.cells[0] ?? null} href={href} />
        ) : (
          <BodyCell key={column.key} column={column} value={row.cells[index] ?? null} />
        ),
      )}
      {menus && (
        <td className="c-menu">
          {/* Without scripts it leads to the record, which offers the same. */}
          {(menus.keys[row.menu ?? -1]?.length ?? 0) > 0 && (
            <a href={href} aria-haspopup="menu" aria-label={`Actions for ${label}`}>
              <Dots />
            </a>
          )}
        </td>
      )}
    </tr>
  );
}

type CellProps = { column: OrderedHeading; value: Cell };

function HeadCell({ column: { kind }, value, href }: CellProps & { href: string | undefined }) {
  return (
    <th scope="row" className={`c-${kind}`}>
      <CellContent kind={kind} value={kind === 'person' || kind === 'link' ? leading(value, href) : value} />
    </th>
  );
}

/** The first column leads to the row's record, unless its own cell leads elsewhere. */
function leading(value: Cell, href: string | undefined): Cell {
  const link = value as Label | Person | null;
  return link && { ...link, href: link.href ?? href };
}

function BodyCell({ column: { header, kind }, value }: CellProps) {
  return (
    <td className={`c-${kind}`} data-label={header} title={wholeText(kind, value)}>
      <CellContent kind={kind} value={value} />
    </td>
  );
}
