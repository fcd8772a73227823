import { holdsAllOf } from '@/features/roles/grant.policy';
import { assertMayGrant } from '@/features/roles/grant.queries';
import { loadRoles, type RoleWithPermissions } from '@/features/roles/list.queries';
import type { Conflict } from '@/lib/form-state';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import { findRoleAuthor } from './role-changes.queries';

export type Difference = {
  added: RoleWithPermissions[];
  removed: RoleWithPermissions[];
  before: string[];
  after: string[];
};

type RoleChange = { granted: readonly string[]; wanted: readonly string[]; organizationId: string | null };

/** The actor must have the access of each there: revoking it is as much a decision about that access as granting it. */
export async function differenceOf(can: Can, { granted, wanted, organizationId }: RoleChange): Promise<Difference> {
  const roles = await loadRoles(can);
  const byKey = new Map(roles.map((role) => [role.key, role]));
  const find = (key: string) => {
    const role = byKey.get(key);
    if (!role) throw new Fail('role.unknown', { field: 'roles' });
    return role;
  };
  const added = wanted.filter((key) => !granted.includes(key)).map(find);
  const removed = granted.filter((key) => !wanted.includes(key)).map(find);
  await assertMayGrant(can, { roleIds: added.map(({ id }) => id), groupIds: [], organizationId });
  if (!removed.every((role) => holdsAllOf(can, role, organizationId)))
    throw new Fail('grant.beyond_own', { field: 'roles' });
  const namesOf = (keys: readonly string[]) =>
    keys.map((key) => byKey.get(key)?.name ?? key).sort((a, b) => a.localeCompare(b, 'en'));
  return { added, removed, before: namesOf(granted), after: namesOf(wanted) };
}

type Sent = { id: string; version: number; was: string[] | undefined; roles: string[] };
type Now = { version: number; granted: string[]; organizationId: string | null };
export type RoleConflict = { conflict: Conflict; values: Record<string, string | string[]> };

/**
 * What others changed since the form was opened, and the values it shows next: the current roles with the sender's own
 * changes in them. Null if nothing the form showed has changed.
 */
export async function roleConflict(can: Can, sent: Sent, now: Now): Promise<RoleConflict | null> {
  // Accepting an invitation adds roles without raising the version, so the roles the form showed take precedence.
  if (sent.was ? isSame(sent.was, now.granted) : sent.version === now.version) return null;
  const was = sent.was ?? [];
  const merged = [
    ...now.granted.filter((key) => !was.includes(key) || sent.roles.includes(key)),
    ...sent.roles.filter((key) => !was.includes(key) && !now.granted.includes(key)),
  ];
  const names = new Map((await loadRoles(can)).map(({ key, name }) => [key, name]));
  const named = (keys: string[]) => new Map(keys.map((key) => [key, names.get(key) ?? key]));
  const change = { was: named(was), granted: named(now.granted) };
  const author = await findRoleAuthor(can, { userId: sent.id, organizationId: now.organizationId }, change);
  const listed = (roles: Map<string, string>) => [...roles.values()].join(', ') || null;
  return {
    conflict: {
      version: String(now.version),
      changes: [
        {
          field: 'the roles',
          before: listed(change.was),
          after: listed(change.granted),
          by: author?.by ?? null,
          at: author?.at.toISOString() ?? null,
        },
      ],
      choices: [],
    },
    values: { version: String(now.version), was: now.granted.join(','), roles: merged },
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key) => other.includes(key));
}
