import type { HistoryKind } from './audit-actions';
import { formatForReader } from './dates';
import { builtInRoles } from './permissions';

export const historyKindWords: Record<HistoryKind, string> = {
  profile: 'Profile and address',
  access: 'Roles, groups and organizations',
  account: 'Account and password',
  invitations: 'Invitations',
  'sign-in': 'Signing in and out',
};

type Change = { field: string; before: string | string[] | null; after: string | string[] | null };

function changesOf(body: unknown): Change[] {
  const before = recordOf(body, 'before');
  const after = recordOf(body, 'after');
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field: fieldWords(field), before: textOf(before[field]), after: textOf(after[field]) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

const hiddenFields = new Set(['Version', 'Key', 'Invitation', 'Session id', 'Confirmed']);
/** Ids in the path of a page stay: the path is shown exactly as it was requested. */
const ids = /(?<![\w/-])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** The changes of an event for a reader: names instead of ids, times in their zone, yes and no for booleans. */
export function spokenChanges(body: unknown, names: Record<string, string>, timeZone: string): Change[] {
  const say = (value: string, field: string): string => {
    if (field === 'Status') return capital(value);
    const role = field === 'Roles' && builtInRoles.find(({ key }) => key === value);
    if (role) return role.name;
    if (isMoment.test(value)) return formatForReader(new Date(value), timeZone);
    if (value === 'true' || value === 'false') return value === 'true' ? 'Yes' : 'No';
    return value.replace(ids, (id) => names[id] ?? 'Something you cannot see');
  };
  const sayAll = (value: Change['before'], field: string) =>
    Array.isArray(value) ? value.map((each) => say(each, field)) : value && say(value, field);
  return changesOf(body)
    .filter(({ field, before, after }) => !hiddenFields.has(field) && (before?.length || after?.length))
    .map(({ field, before, after }) => ({ field, before: sayAll(before, field), after: sayAll(after, field) }));
}

export function detailOf(body: unknown, name: 'reason' | 'ip'): string | null {
  const value = body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[name] : null;
  return typeof value === 'string' ? value : null;
}

function recordOf(body: unknown, side: 'before' | 'after'): Record<string, unknown> {
  if (body === null || typeof body !== 'object') return {};
  const value = (body as Record<string, unknown>)[side];
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | string[] | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.map(nameOf);
  if (typeof value !== 'object' || 'name' in value) return nameOf(value);
  return Object.entries(value).map(([field, each]) => `${fieldWords(field)}: ${nameOf(each)}`);
}

function nameOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  return 'name' in value && typeof value.name === 'string' ? value.name : JSON.stringify(value);
}

function fieldWords(field: string): string {
  return capital(
    field
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/_/g, ' ')
      .toLowerCase(),
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
