import { consolePermissions, type Permission } from '@/lib/permissions';
import type { Can } from '@/server/work';
import type { Ender } from './ender.policy';
import type { UserStatus } from './list.schema';

export type AccountRank = {
  id: string;
  /** Console permissions and where each is granted. Applications' permissions give no power over accounts. */
  grants: { permission: string; organizationId: string | null }[];
  organizationIds: string[];
  isOnPlatform: boolean;
  isSystemAdmin: boolean;
};

export type RankedAccount = AccountRank & {
  status: UserStatus;
  deactivatedBy: Ender | null;
  archivedBy: Ender | null;
};

export function isManagedBy(
  can: Pick<Can, 'may'>,
  permission: Permission,
  target: Pick<AccountRank, 'organizationIds' | 'isOnPlatform'>,
): boolean {
  if (can.may(permission, null)) return true;
  return !target.isOnPlatform && target.organizationIds.every((id) => can.may(permission, id));
}

/**
 * Nobody acts on an account of equal or higher rank. Wherever the target has permissions, the actor must have all of
 * them and at least one more. So an Org Admin cannot act on another, and a System Admin can act on anybody.
 */
export function outranks(actor: Pick<Can, 'may'> & { isSystemAdmin: boolean }, target: AccountRank): boolean {
  if (actor.isSystemAdmin) return true;
  const places = new Set(target.grants.map((grant) => grant.organizationId));
  return [...places].every((place) => {
    const theirs = new Set<string>(
      target.grants
        .filter(({ organizationId }) => organizationId === null || organizationId === place)
        .map(({ permission }) => permission),
    );
    const mine = Object.keys(consolePermissions).filter((permission) => actor.may(permission as Permission, place));
    return mine.length > theirs.size && [...theirs].every((permission) => mine.includes(permission));
  });
}
