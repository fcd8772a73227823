import { z } from 'zod';
import { safePath } from '@/lib/redirects';
import { listSizes } from './list.schema';

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

/** Unknown columns are dropped, so that an old page still saves. */
export const userListFormSchema = z.object({
  columns: z.preprocess(asList, z.array(z.string().max(50)).max(50)).transform(knownColumns),
  density: z.enum(['comfortable', 'compact'], 'Choose comfortable or compact rows.'),
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

export function readUserListPreference(lists: unknown): UserListPreference {
  const saved = typeof lists === 'object' && lists !== null && 'users' in lists ? lists.users : {};
  const read = storedSchema.safeParse(saved);
  return read.success ? read.data : { columns: defaultColumns(), size: 50, density: 'comfortable' };
}
