import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import { fitsScope, holdsAllOf } from './grant.policy';
import { loadRoles, type RoleWithPermissions } from './list.queries';

const ofThisPlace = unscoped('the groups of this organization and of the platform');

export async function grantableRoles(can: Can, organizationId: string | null): Promise<RoleWithPermissions[]> {
  const roles = await loadRoles(can);
  return roles.filter((role) => fitsScope(role, organizationId) && holdsAllOf(can, role, organizationId));
}

/**
 * Refuses a grant beyond the actor's own access there, also through groups. A group of another organization is unknown,
 * like one that does not exist, so the refusal reveals nothing. Call it in the transaction that grants.
 */
export async function assertMayGrant(
  can: Can,
  grant: { roleIds: readonly string[]; groupIds: readonly string[]; organizationId: string | null },
) {
  const roles = await loadRoles(can, [...grant.roleIds]);
  if (roles.length !== new Set(grant.roleIds).size) throw new Fail('role.unknown', { field: 'roles' });
  for (const role of roles) {
    if (!fitsScope(role, grant.organizationId)) throw new Fail('grant.scope', { field: 'roles' });
    if (!holdsAllOf(can, role, grant.organizationId)) throw new Fail('grant.beyond_own', { field: 'roles' });
  }
  if (grant.groupIds.length === 0) return;
  const groups = await can.read(ofThisPlace, (tables) =>
    tables.group.findMany({
      where: {
        id: { in: [...grant.groupIds] },
        OR: [{ organizationId: null }, { organizationId: grant.organizationId }],
      },
      include: { roles: { include: { role: { include: { permissions: { select: { permission: true } } } } } } },
    }),
  );
  if (groups.length !== new Set(grant.groupIds).size) throw new Fail('group.unknown', { field: 'groups' });
  for (const group of groups) {
    const permissions = group.roles.flatMap(({ role }) => role.permissions.map((row) => row.permission));
    if (!holdsAllOf(can, { permissions }, group.organizationId))
      throw new Fail('grant.beyond_own', { field: 'groups' });
    // A platform group without roles grants nothing, but joining it is still a change on the platform.
    if (group.organizationId === null && !can.may('users.invite', null))
      throw new Fail('group.unknown', { field: 'groups' });
  }
}
