import { z } from 'zod';
import { isId } from '@/lib/ids';
import { pathBehind, safePath } from '@/lib/redirects';
import { cleanName } from '@/lib/text';
import { listSizes } from './list/schema';

/** Columns somebody may choose; the name is always there. */
export const userColumns = [
  'email',
  'phone',
  'roles',
  'organization',
  'status',
  'lastSignIn',
  'lastActivity',
  'created',
] as const;
export type UserColumn = (typeof userColumns)[number];

export type UserListPreference = {
  columns: UserColumn[];
  size: (typeof listSizes)[number];
  density: 'comfortable' | 'compact';
};

const asList = (value: unknown) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** The form of "Columns": names this list does not have are left out, so that an old page still saves. */
export const userListFormSchema = z.object({
  columns: z.preprocess(asList, z.array(z.string().max(50)).max(50)).transform(knownColumns),
  density: z.enum(['comfortable', 'compact'], 'Choose how close the rows stand.'),
  size: z
    .enum(['25', '50', '100'], 'Choose 25, 50 or 100 rows.')
    .transform((size) => listSizes.find((each) => String(each) === size) ?? 50)
    .default(50),
  returnTo: z
    .string()
    .max(8_000)
    .default('/users')
    .transform((path) => safePath(path, '/users')),
});

function knownColumns(columns: string[]): UserColumn[] {
  return userColumns.filter((column) => columns.includes(column));
}

const storedSchema = z.object({
  columns: z.array(z.string()).transform(knownColumns).catch(defaultColumns),
  size: z.union([z.literal(25), z.literal(50), z.literal(100)]).catch(50),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
});

function defaultColumns(): UserColumn[] {
  return ['roles', 'organization', 'status', 'lastSignIn', 'created'];
}

/** What somebody saved for the list of users, or the defaults; `lists` is whatever the database holds. */
export function readUserListPreference(lists: unknown): UserListPreference {
  const saved = typeof lists === 'object' && lists !== null && 'users' in lists ? lists.users : {};
  const read = storedSchema.safeParse(saved);
  return read.success ? read.data : { columns: defaultColumns(), size: 50, density: 'comfortable' };
}

export const maxReasonChars = 500;

const personId = z.string('This form names nobody.').refine(isId, 'This form names nobody.');
const reason = z
  .string('Write the reason as text.')
  .max(maxReasonChars, `Use at most ${maxReasonChars} characters.`)
  .transform(cleanName)
  .default('');

/** The last day of a suspension, in the reader's calendar; empty means until somebody reactivates the person. */
const lastDay = z
  .string('Enter a date.')
  .trim()
  .refine((day) => day === '' || isDay(day), 'Enter a date such as 2027-01-31.')
  .transform((day) => (day === '' ? null : day))
  .default(null);

function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

const returnTo = z.string('This address leads nowhere.').optional().transform(pathBehind);

/** `again` takes back a reactivation: the reason and the last day are those it ended. */
export const suspendSchema = z.object({
  id: personId,
  reason,
  until: lastDay,
  again: z.literal('yes', 'Leave this out.').optional(),
  returnTo,
});
export type SuspendInput = Pick<z.output<typeof suspendSchema>, 'id' | 'reason' | 'until'>;

export const reactivateSchema = z.object({ id: personId, reason, returnTo });
export type ReactivateInput = Pick<z.output<typeof reactivateSchema>, 'id' | 'reason'>;
