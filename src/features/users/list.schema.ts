import { type Cursor, type CursorValue, readCursor, writeCursor } from '@/lib/cursors';
import { isId } from '@/lib/ids';
import { fieldLimits } from '@/lib/limits';
import { allOf, firstOf, openedName, type SearchParams } from '@/lib/search-params';

export const userStatuses = ['invited', 'active', 'inactive', 'archived'] as const;
export type UserStatus = (typeof userStatuses)[number];

export const userSorts = {
  name: 'asc',
  email: 'asc',
  status: 'asc',
  created: 'desc',
  lastSignIn: 'desc',
  lastActivity: 'desc',
} as const;
export type UserSort = keyof typeof userSorts;

export const listSizes = [25, 50, 100] as const;
export type ListSize = (typeof listSizes)[number];

export type UserFilter = {
  q: string;
  /** Empty means everybody in a search, and otherwise everybody except archived people. */
  statuses: UserStatus[];
  /** A role's key; it may be granted directly, in an organization or through a group. */
  role: string | null;
  group: string | null;
  organization: string | null;
  team: string | null;
  /** No activity for this many days, and an account at least that old. */
  dormantDays: number | null;
  neverSignedIn: boolean;
  /** Inclusive days in the reader's time zone. */
  createdFrom: string | null;
  createdTo: string | null;
  /** The filter whose choices are shown; the others send only what is chosen. */
  choosing: Choosable | null;
  /** Parts of names that narrow the choices of a filter, not the list itself. */
  find: Record<keyof typeof findNames, string>;
  sort: UserSort;
  direction: 'asc' | 'desc';
  size: ListSize;
  after: Cursor | null;
  before: Cursor | null;
  /** The address has a value that cannot exist, so nothing matches. */
  isImpossible: boolean;
  lostPlace: boolean;
};

/** Whether the list leaves out people for any other reason than that they are archived. */
export function isNarrowed(filter: UserFilter): boolean {
  const { q, statuses, role, group, organization, team, dormantDays, neverSignedIn, createdFrom, createdTo } = filter;
  const named = [role, group, organization, team, dormantDays, createdFrom, createdTo].some((value) => value !== null);
  return named || q !== '' || statuses.length > 0 || neverSignedIn || filter.isImpossible;
}

export const filterNames = [
  'q',
  'status',
  'role',
  'group',
  'organization',
  'team',
  'dormant',
  'signedIn',
  'createdFrom',
  'createdTo',
] as const;

const maxDays = 36_500;

/** A filter lists this many choices by name; the chosen one is always among them. */
export const choiceLimit = 50;

/** Filters whose choices are records. They are read when the filter is opened. */
export const choosable = ['role', 'group', 'organization', 'team'] as const;
export type Choosable = (typeof choosable)[number];

export const findNames = { group: 'findGroup', organization: 'findOrganization', team: 'findTeam' } as const;

/**
 * Reads the address and never throws, because anybody can type one. A value that cannot exist matches nobody, since
 * showing everybody would mislead. A cursor that cannot be read leads to the first page.
 */
export function parseUserFilter(params: SearchParams, size: ListSize): UserFilter {
  const requested = allOf(params, 'status');
  const statuses = userStatuses.filter((status) => requested.includes(status));
  const sort = firstOf(params, 'sort') ?? '';
  const known: UserSort = Object.hasOwn(userSorts, sort) ? (sort as UserSort) : 'created';
  const direction = firstOf(params, 'direction');
  const ids = { group: firstOf(params, 'group') ?? null, team: firstOf(params, 'team') ?? null };
  const dormant = firstOf(params, 'dormant');
  const dormantDays = dormant === undefined ? null : Number(dormant);
  const days = { createdFrom: firstOf(params, 'createdFrom') ?? null, createdTo: firstOf(params, 'createdTo') ?? null };
  const [after, before] = [firstOf(params, 'after'), firstOf(params, 'before')];
  const find = {
    group: wordOf(params, findNames.group),
    organization: wordOf(params, findNames.organization),
    team: wordOf(params, findNames.team),
  };
  const place = after === undefined ? null : readUserCursor(after, known);
  const placeBefore = before === undefined || place ? null : readUserCursor(before, known);
  return {
    q: wordOf(params, 'q'),
    statuses,
    role: firstOf(params, 'role') ?? null,
    organization: firstOf(params, 'organization') ?? null,
    ...ids,
    ...days,
    dormantDays,
    neverSignedIn: firstOf(params, 'signedIn') === 'never',
    choosing: choosable.find((name) => name === firstOf(params, openedName) || (name !== 'role' && find[name])) ?? null,
    find,
    sort: known,
    direction: direction === 'asc' || direction === 'desc' ? direction : userSorts[known],
    size: listSizes.find((each) => String(each) === firstOf(params, 'size')) ?? size,
    after: place,
    before: placeBefore,
    isImpossible:
      (requested.length > 0 && statuses.length === 0) ||
      Object.values(ids).some((id) => id !== null && !isId(id)) ||
      Object.values(days).some((day) => day !== null && !isDay(day)) ||
      (dormantDays !== null && !(Number.isInteger(dormantDays) && dormantDays >= 1 && dormantDays <= maxDays)),
    lostPlace: (after !== undefined || before !== undefined) && !place && !placeBefore,
  };
}

function wordOf(params: SearchParams, name: string): string {
  return (firstOf(params, name) ?? '').trim().slice(0, fieldLimits.searchMaxChars);
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '1970-01-01') return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const cursorValues: Record<UserSort, CursorValue[]> = {
  name: ['text'],
  email: ['text'],
  status: ['text', 'moment'],
  created: ['moment'],
  lastSignIn: ['moment-or-null'],
  lastActivity: ['moment-or-null'],
};

/** A row's cursor for the address. It includes the sort, so a cursor of another order is refused. */
export function writeUserCursor(sort: UserSort, { values, id }: Cursor): string {
  return writeCursor({ values: [sort, ...values], id });
}

export function readUserCursor(text: string, sort: UserSort): Cursor | null {
  const cursor = readCursor(text, ['text', ...cursorValues[sort]]);
  if (!cursor) return null;
  const [madeFor, ...values] = cursor.values;
  const isKnown = sort !== 'status' || userStatuses.some((status) => status === values[0]);
  return madeFor === sort && isKnown ? { values, id: cursor.id } : null;
}
