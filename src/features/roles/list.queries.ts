import { isText } from '@/lib/text';
import type { Tx } from '@/server/db/client';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

export type RoleWithPermissions = {
  id: string;
  key: string;
  name: string;
  description: string;
  builtIn: boolean;
  scope: 'platform' | 'organization' | 'both';
  version: number;
  permissions: string[];
};

/** Every role with its permissions, by name. Roles are few (tens), so this is one small statement. */
export async function loadRoles(db: Tx, ids?: string[]): Promise<RoleWithPermissions[]> {
  const roles = await db.role.findMany({
    ...(ids && { where: { id: { in: ids } } }),
    include: { permissions: { select: { permission: true } } },
    orderBy: { name: 'asc' },
  });
  return roles.map(({ permissions, createdAt: _createdAt, ...role }) => ({
    ...role,
    permissions: permissions.map((row) => row.permission),
  }));
}

export function listRoles(can: Can<'roles.read'>): Promise<RoleWithPermissions[]> {
  return loadRoles(can.db);
}

export type CatalogPermission = { key: string; application: string; area: string; description: string };

export async function getRole(can: Can<'roles.read'>, key: string) {
  const role = isText(key) ? await can.db.role.findUnique({ where: { key }, select: { id: true } }) : null;
  const [found] = role ? await loadRoles(can.db, [role.id]) : [];
  if (!found) throw new Fail('not_found');
  const catalog = await can.db.permission.findMany({
    where: { key: { in: found.permissions } },
    select: { key: true, application: true, area: true, description: true },
    orderBy: [{ application: 'asc' }, { area: 'asc' }, { key: 'asc' }],
  });
  return { role: found, catalog };
}

export async function listPermissions(can: Can<'roles.read'>): Promise<CatalogPermission[]> {
  return can.db.permission.findMany({
    select: { key: true, application: true, area: true, description: true },
    orderBy: [{ application: 'desc' }, { area: 'asc' }, { key: 'asc' }],
  });
}
