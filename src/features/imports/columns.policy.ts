import { isPasswordHeader } from '@/lib/csv-columns';
import { Fail } from '@/server/fail';
import type { ColumnsForm } from './columns.schema';

/** Drops password columns. Email is required, and only groups and phone can come from several columns. */
export function assertColumns(header: readonly string[], chosen: ColumnsForm['columns']): ColumnsForm['columns'] {
  const refuse = (sentence: string): never => {
    throw new Fail('input', { errors: { columns: [sentence] } });
  };
  if (chosen.length !== header.length) refuse('Choose a field or “Leave out” for every column of the file.');
  const columns = chosen.map((field, index) => (isPasswordHeader(header[index] ?? '') ? null : field));
  if (!columns.includes('email')) refuse('Choose the column that contains the email address.');
  const given = columns.filter((field) => field !== null && field !== 'groups' && field !== 'phone');
  if (new Set(given).size !== given.length)
    refuse('Use each field for one column only. Groups and phone can come from several columns.');
  return columns;
}
