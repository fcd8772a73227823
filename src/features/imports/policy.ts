import type { PlanDetail } from '@/features/plans/queries';
import { isPasswordHeader } from '@/lib/csv-columns';
import { Fail } from '@/server/fail';
import type { ColumnsForm } from './schema';

/** Rows that found no way in, at the review or when it was their turn. */
export function failedRowsOf({ counts, receipt }: Pick<PlanDetail, 'counts' | 'receipt'>): number {
  const { conflict = 0, error = 0, not_allowed = 0 } = counts;
  return conflict + error + not_allowed + (receipt?.counts.refused ?? 0);
}

/**
 * The columns as they will be read: as many as the file has, a password column never, the address exactly once, and
 * only groups and phone from several columns.
 */
export function assertColumns(header: readonly string[], chosen: ColumnsForm['columns']): ColumnsForm['columns'] {
  const refuse = (sentence: string): never => {
    throw new Fail('input', undefined, undefined, { columns: [sentence] });
  };
  if (chosen.length !== header.length) refuse('Choose for every column of the file.');
  const columns = chosen.map((field, index) => (isPasswordHeader(header[index] ?? '') ? null : field));
  if (!columns.includes('email')) refuse('Choose the column that holds the email address.');
  const given = columns.filter((field) => field !== null && field !== 'groups' && field !== 'phone');
  if (new Set(given).size !== given.length)
    refuse('Choose each field for one column only. Groups and phone may come from several.');
  return columns;
}
