import { assertMayGrant, holdsAllOf } from '@/features/roles/grant.policy';
import { loadRoles, type RoleWithPermissions } from '@/features/roles/list.queries';
import type { Conflict } from '@/lib/form-state';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import { findRoleAuthor } from './role-changes.queries';

/** Roles as somebody wants them: what to give, what to take, and both ends as names for the log. */
export type Difference = {
  added: RoleWithPermissions[];
  removed: RoleWithPermissions[];
  before: string[];
  after: string[];
};

type Wish = { held: readonly string[]; wanted: readonly string[]; organizationId: string | null };

/**
 * What has to be given and taken so that exactly the wanted roles are held, each within what the actor holds there:
 * taking away is as much a decision over these rights as handing them out.
 */
export async function differenceOf(can: Can, { held, wanted, organizationId }: Wish): Promise<Difference> {
  const roles = await loadRoles(can.db);
  const byKey = new Map(roles.map((role) => [role.key, role]));
  const find = (key: string) => {
    const role = byKey.get(key);
    if (!role) throw new Fail('role.unknown', { field: 'roles' });
    return role;
  };
  const added = wanted.filter((key) => !held.includes(key)).map(find);
  const removed = held.filter((key) => !wanted.includes(key)).map(find);
  await assertMayGrant(can, { roleIds: added.map(({ id }) => id), groupIds: [], organizationId });
  if (!removed.every((role) => holdsAllOf(can, role, organizationId)))
    throw new Fail('grant.beyond_own', { field: 'roles' });
  const namesOf = (keys: readonly string[]) =>
    keys.map((key) => byKey.get(key)?.name ?? key).sort((a, b) => a.localeCompare(b, 'en'));
  return { added, removed, before: namesOf(held), after: namesOf(wanted) };
}

type Sent = { id: string; version: number; was: string[] | undefined; roles: string[] };
type Now = { version: number; held: string[]; organizationId: string | null };
export type RoleConflict = { conflict: Conflict; values: Record<string, string | string[]> };

/**
 * What others changed since the form was opened, and what it shows next: the roles as they are now with the sender's own
 * changes in them. Null when nothing the form showed has changed.
 */
export async function roleConflict(can: Can, sent: Sent, now: Now): Promise<RoleConflict | null> {
  // Roles that come with an invitation somebody accepts raise no version, so what the form showed goes before it.
  if (sent.was ? isSame(sent.was, now.held) : sent.version === now.version) return null;
  const was = sent.was ?? [];
  const merged = [
    ...now.held.filter((key) => !was.includes(key) || sent.roles.includes(key)),
    ...sent.roles.filter((key) => !was.includes(key) && !now.held.includes(key)),
  ];
  const names = new Map((await loadRoles(can.db)).map(({ key, name }) => [key, name]));
  const named = (keys: string[]) => new Map(keys.map((key) => [key, names.get(key) ?? key]));
  const change = { was: named(was), held: named(now.held) };
  const author = await findRoleAuthor(can, { userId: sent.id, organizationId: now.organizationId }, change);
  const listed = (roles: Map<string, string>) => [...roles.values()].join(', ') || null;
  return {
    conflict: {
      version: String(now.version),
      changes: [
        {
          field: 'the roles',
          before: listed(change.was),
          after: listed(change.held),
          by: author?.by ?? null,
          at: author?.at.toISOString() ?? null,
        },
      ],
      choices: [],
    },
    values: { version: String(now.version), was: now.held.join(','), roles: merged },
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key) => other.includes(key));
}
