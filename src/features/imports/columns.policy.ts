import { isPasswordHeader } from '@/lib/csv-columns';
import { Fail } from '@/server/fail';
import type { ColumnsForm } from './columns.schema';

/**
 * The columns as they will be read: as many as the file has, a password column never, the address exactly once, and
 * only groups and phone from several columns.
 */
export function assertColumns(header: readonly string[], chosen: ColumnsForm['columns']): ColumnsForm['columns'] {
  const refuse = (sentence: string): never => {
    throw new Fail('input', { errors: { columns: [sentence] } });
  };
  if (chosen.length !== header.length) refuse('Choose for every column of the file.');
  const columns = chosen.map((field, index) => (isPasswordHeader(header[index] ?? '') ? null : field));
  if (!columns.includes('email')) refuse('Choose the column that holds the email address.');
  const given = columns.filter((field) => field !== null && field !== 'groups' && field !== 'phone');
  if (new Set(given).size !== given.length)
    refuse('Choose each field for one column only. Groups and phone may come from several.');
  return columns;
}
