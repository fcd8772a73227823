import type { Cell, RowData } from './table-data';

/** The name in a first cell that is a person or a link. */
export function nameOf(cell: Cell | undefined): string | undefined {
  if (cell === null || typeof cell !== 'object') return undefined;
  if ('email' in cell) return cell.name || cell.email;
  return 'text' in cell ? cell.text : undefined;
}

export function labelOf({ label, cells }: RowData): string {
  return label ?? nameOf(cells[0]) ?? '';
}
