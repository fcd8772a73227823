import { formatForReader } from './dates';
import { builtInRoles } from './permissions';

const sentences: Record<string, string> = {
  'access.denied': 'Was refused access',
  'group.joined': 'Joined a group',
  'group.left': 'Left a group',
  'import.failed_rows_taken': 'Failed rows of an import downloaded',
  'invitation.asked': 'New invitation link requested',
  'invitation.held': 'Invitation put on hold',
  'invitation.resent': 'Invitation resent',
  'invitations.not_done_taken': 'List of unchanged invitations downloaded',
  'membership.added': 'Added to an organization',
  'membership.changed': 'Roles in an organization changed',
  'membership.ended': 'Membership of an organization ended',
  'password.help_requested': 'Help with the password requested',
  'password.help_sent': 'Help with the password sent',
  'password.reset_sent': 'Link for a new password sent',
  'role.granted': 'Platform role granted',
  'role.revoked': 'Platform role revoked',
  'session.ended': 'Signed out',
  'session.refused': 'Sign-in refused',
  'session.started': 'Signed in',
  'user.activated': 'Account activated',
  'user.archived': 'Archived',
  'user.created': 'Account created',
  'user.email_change_cancelled': 'Change of address cancelled',
  'user.email_change_refused': 'Change of address refused',
  'user.email_change_requested': 'Change of address requested',
  'user.email_change_resent': 'Confirmation link for the new address resent',
  'user.email_changed': 'Address changed',
  'user.invited': 'Invited',
  'user.reactivated': 'Reactivated',
  'user.restored': 'Restored from the archive',
  'user.deactivated': 'Deactivated',
  'user.updated': 'Profile changed',
};

/** Renamed actions by their earlier name. Stored events keep it: the chain of the audit log covers the name. */
const renamed: Record<string, string> = { 'user.suspended': 'user.deactivated' };

export function currentAction(action: string): string {
  return Object.hasOwn(renamed, action) ? (renamed[action] ?? action) : action;
}

export function storedActions(action: string): string[] {
  const current = currentAction(action);
  return [current, ...Object.keys(renamed).filter((earlier) => renamed[earlier] === current)];
}

/** An action in words: `user.deactivated` → "Deactivated", `plan.confirmed` → "Plan confirmed". */
export function actionWords(action: string): string {
  const current = currentAction(action);
  return Object.hasOwn(sentences, current)
    ? (sentences[current] ?? current)
    : capital(current.replace(/[._-]/g, ' ').trim());
}

export const historyKinds = ['profile', 'access', 'account', 'invitations', 'sign-in'] as const;
export type HistoryKind = (typeof historyKinds)[number];

export const historyKindWords: Record<HistoryKind, string> = {
  profile: 'Profile and address',
  access: 'Roles, groups and organizations',
  account: 'Account and password',
  invitations: 'Invitations',
  'sign-in': 'Signing in and out',
};

export function kindOf(action: string): HistoryKind {
  if (/^(session|access)\./.test(action)) return 'sign-in';
  if (/^invitation\.|^user\.invited$/.test(action)) return 'invitations';
  if (/^(role|group|membership|team)\./.test(action)) return 'access';
  return /^user\.(updated|email_)/.test(action) ? 'profile' : 'account';
}

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
