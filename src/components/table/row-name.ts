import type { Cell, RowData } from './table-data';

/** The name in a first cell that is a person or a link. */
export function nameOf(cell: Cell | undefined): string | undefined {
  if (cell === null || typeof cell !== 'object') return undefined;
  if ('email' in cell) return cell.name || cell.email;
  return 'text' in cell ? cell.text : undefined;
}

/** The row's record: its own address, or the usual one. */
export function hrefOf({ id, href }: RowData, base: string | undefined): string | undefined {
  return href === undefined && base !== undefined ? base + id : href || undefined;
}

export function labelOf({ label, cells }: RowData): string {
  return label ?? nameOf(cells[0]) ?? '';
}
