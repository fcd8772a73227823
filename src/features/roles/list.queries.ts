import { isText } from '@/lib/text';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Can, Reads } from '@/server/work';

const platformRoles = unscoped('roles and permissions belong to the platform');

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
export async function loadRoles(can: Reads, ids?: string[]): Promise<RoleWithPermissions[]> {
  const roles = await can.read(platformRoles, (tables) =>
    tables.role.findMany({
      ...(ids && { where: { id: { in: ids } } }),
      include: { permissions: { select: { permission: true } } },
      orderBy: { name: 'asc' },
    }),
  );
  return roles.map(({ permissions, createdAt: _createdAt, ...role }) => ({
    ...role,
    permissions: permissions.map((row) => row.permission),
  }));
}

export function listRoles(can: Can<'roles.read'>): Promise<RoleWithPermissions[]> {
  return loadRoles(can);
}

export type CatalogPermission = { key: string; application: string; area: string; description: string };

export async function getRole(can: Can<'roles.read'>, key: string) {
  const role = isText(key)
    ? await can.read(platformRoles, (tables) => tables.role.findUnique({ where: { key }, select: { id: true } }))
    : null;
  const [found] = role ? await loadRoles(can, [role.id]) : [];
  if (!found) throw new Fail('not_found');
  const catalog = await can.read(platformRoles, (tables) =>
    tables.permission.findMany({
      where: { key: { in: found.permissions } },
      select: { key: true, application: true, area: true, description: true },
      orderBy: [{ application: 'asc' }, { area: 'asc' }, { key: 'asc' }],
    }),
  );
  return { role: found, catalog };
}

export async function listPermissions(can: Can<'roles.read'>): Promise<CatalogPermission[]> {
  return can.read(platformRoles, (tables) =>
    tables.permission.findMany({
      select: { key: true, application: true, area: true, description: true },
      orderBy: [{ application: 'desc' }, { area: 'asc' }, { key: 'asc' }],
    }),
  );
}
