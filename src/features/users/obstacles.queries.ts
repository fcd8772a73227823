import type { AccountObstacle } from '@/lib/obstacle-words';
import type { Permission } from '@/lib/permissions';
import type { Can } from '@/server/work';
import { mayReactivate, mayRestore } from './ender.policy';
import { isManagedBy, outranks } from './rank.policy';
import { findRank } from './rank.queries';

/** Why the reader cannot change this account, for display only: the service checks again when it writes. */
export async function findObstacle(
  can: Can<'users.read'>,
  id: string,
  permission: Permission = 'users.deactivate',
): Promise<AccountObstacle | null> {
  return (await findObstacles(can, id, [permission]))[0] ?? null;
}

async function findObstacles(
  can: Can<'users.read'>,
  id: string,
  permissions: readonly Permission[],
): Promise<(AccountObstacle | null)[]> {
  if (id === can.actor.id) return permissions.map(() => 'self');
  const [target, actor] = await Promise.all([findRank(can, id), findRank(can, can.actor.id)]);
  return permissions.map((permission) => {
    if (!target || !isManagedBy(can, permission, target)) return 'not_managed';
    if (!outranks({ may: can.may, isSystemAdmin: actor?.isSystemAdmin ?? false }, target)) return 'outranked';
    const reactivates = permission === 'users.deactivate' && target.status === 'inactive';
    if (reactivates && !mayReactivate(can, target.deactivatedBy)) return 'ended_by_platform';
    const restores = permission === 'users.archive' && target.status === 'archived';
    return restores && !mayRestore(can, target.archivedBy) ? 'archived_by_platform' : null;
  });
}

/** Each action on accounts, with its obstacle here; null where the reader lacks the permission, so it is not shown. */
export async function findAccountActions(can: Can<'users.read'>, id: string) {
  const permissions = ['users.update', 'users.deactivate', 'users.reset-password', 'users.archive'] as const;
  const [update, deactivate, reset, archive] = await findObstacles(can, id, permissions);
  return {
    editing: can.may('users.update') ? { obstacle: update ?? null } : null,
    deactivation: can.may('users.deactivate') ? { obstacle: deactivate ?? null } : null,
    archiving: can.may('users.archive') ? { obstacle: archive ?? null } : null,
    passwordReset: can.may('users.reset-password') ? { obstacle: reset ?? null } : null,
  };
}
