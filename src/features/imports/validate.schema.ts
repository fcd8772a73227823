import { type ColumnSource, inOrderOfPreference, readStatus, splitValues } from '@/lib/csv-columns';
import { parseEmail } from '@/lib/email';
import { fieldLimits } from '@/lib/limits';
import { fullName } from '@/lib/names';
import { nameProblem } from '@/lib/person-problems';
import { parsePhone } from '@/lib/phone';
import { charsIn, cleanName } from '@/lib/text';
import type { ImportParams } from './columns.schema';
import { addedColumns, type Reason, stillBrokenMark } from './messages.schema';

export type StagedRow = { n: number; fields: string[]; problem: string | null };

/** One row as the mapping reads it. `organization` is null if the row is too short to have that cell. */
export type ImportRow = {
  n: number;
  label: string;
  email: string | null;
  firstName: string;
  lastName: string;
  phone: string | null;
  roles: string[];
  organization: string | null;
  groups: string[];
  suspended: boolean;
  problems: Reason[];
};

type Reading = {
  columns: ImportParams['columns'];
  source: ColumnSource;
  width: number;
  /** The columns of phone numbers, the preferred one first. */
  phones: number[];
  /** The index of the reason column in a file of failed rows, -1 in any other file. */
  reasonAt: number;
};

export function readingOf({ columns, source }: ImportParams, header: readonly string[]): Reading {
  const phones = columns.flatMap((field, index) => (field === 'phone' ? [index] : []));
  const names = header.map((name) => name.trim().toLowerCase());
  return {
    ...{ columns, source, width: columns.length },
    phones: inOrderOfPreference(phones, header, source),
    reasonAt: addedColumns.every((name) => names.includes(name)) ? names.indexOf('reason') : -1,
  };
}

const labelChars = 254;
const valueChars = 80;
const maxGroupChars = 80;

export const cut = (value: string) => value.slice(0, valueChars).toWellFormed();

export function readRow(staged: StagedRow, reading: Reading): ImportRow {
  const cell = (field: ImportParams['columns'][number]) => {
    const index = reading.columns.indexOf(field);
    return index < 0 ? '' : (staged.fields[index] ?? '');
  };
  const organizationAt = reading.columns.indexOf('organization');
  const address = cell('email');
  const row: ImportRow = {
    n: staged.n,
    label: cleanName(address).slice(0, labelChars).toWellFormed(),
    email: null,
    ...readName(cell('firstName'), cell('lastName'), cell('name')),
    phone: null,
    roles: splitValues(cell('roles')),
    organization:
      organizationAt >= 0 && organizationAt >= staged.fields.length ? null : cleanName(cell('organization')),
    groups: readGroups(staged.fields, reading.columns),
    suspended: false,
    problems: [],
  };
  if (staged.problem !== null) row.problems.push({ code: 'unreadable', value: staged.problem });
  // With a wrong number of cells it is unclear which is which, so the row is not checked further.
  else if (staged.fields.length !== reading.width)
    row.problems.push({ code: 'ragged', found: staged.fields.length, expected: reading.width });
  else if (staged.fields[reading.reasonAt]?.includes(stillBrokenMark)) row.problems.push({ code: 'still_marked' });
  if (row.problems.length > 0) return row;
  readAddress(row, address);
  readPhone(row, reading.phones.map((index) => staged.fields[index] ?? '').find((value) => value.trim() !== '') ?? '');
  readSuspended(row, cell('status'), reading.source);
  if ([row.firstName, row.lastName].some((part) => charsIn(part) > fieldLimits.nameMaxChars))
    row.problems.push({ code: 'name_long' });
  // A file may come without names: people enter theirs when they activate the account.
  if (fullName(row) !== '' && nameProblem(row)) row.problems.push({ code: 'name_short' });
  for (const name of row.groups)
    if (name.length > maxGroupChars) row.problems.push({ code: 'group_name_long', value: cut(name) });
  return row;
}

function readName(first: string, last: string, whole: string): { firstName: string; lastName: string } {
  const firstName = cleanName(first);
  const lastName = cleanName(last);
  const name = cleanName(whole);
  if (firstName !== '' || lastName !== '' || name === '') return { firstName, lastName };
  const at = name.lastIndexOf(' ');
  return at < 0 ? { firstName: name, lastName: '' } : { firstName: name.slice(0, at), lastName: name.slice(at + 1) };
}

function readGroups(fields: readonly string[], columns: ImportParams['columns']): string[] {
  const names = new Map<string, string>();
  for (const [index, field] of columns.entries()) {
    if (field !== 'groups') continue;
    for (const name of splitValues(fields[index] ?? '').map(cleanName)) names.set(name.toLowerCase(), name);
  }
  return [...names.values()].filter((name) => name !== '');
}

function readAddress(row: ImportRow, address: string) {
  const parsed = parseEmail(address);
  if (!parsed.ok) {
    row.problems.push({ code: 'email', value: parsed.reason });
    return;
  }
  row.email = parsed.email;
  row.label = parsed.email;
}

function readPhone(row: ImportRow, value: string) {
  if (value.trim() === '') return;
  const parsed = parsePhone(value);
  if (parsed.ok) row.phone = parsed.phone;
  else row.problems.push({ code: 'phone', value: cut(value) });
}

function readSuspended(row: ImportRow, value: string, source: ColumnSource) {
  const status = readStatus(value, source);
  if (status === null) row.problems.push({ code: 'status_unknown', value: cut(value) });
  row.suspended = status === 'suspended';
}
