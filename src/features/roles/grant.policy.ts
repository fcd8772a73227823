import type { Can } from '@/server/work';
import type { RoleWithPermissions } from './list.queries';

export function fitsScope(role: Pick<RoleWithPermissions, 'scope'>, organizationId: string | null): boolean {
  return role.scope === 'both' || role.scope === (organizationId === null ? 'platform' : 'organization');
}

/** The one rule of granting: you can only grant access you have there yourself. */
export function holdsAllOf(
  can: Pick<Can, 'may'>,
  role: Pick<RoleWithPermissions, 'permissions'>,
  organizationId: string | null,
): boolean {
  return role.permissions.every((permission) => can.may(permission as never, organizationId));
}
