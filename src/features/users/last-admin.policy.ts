import { systemAdminRole } from '@/lib/permissions';
import type { Tx } from '@/server/db/client';
import { Fail } from '@/server/fail';
import { systemAdmins } from './rank.policy';

/** Counts people who have the role through a group alone, and people who cannot sign in. */
export async function hasSystemAdmin(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ has: boolean }[]>`SELECT EXISTS (${systemAdmins}) AS has`;
  return row?.has ?? false;
}

/**
 * Fails with `user.last_admin`. The role's row is the lock: the second of two simultaneous changes counts after the
 * first has committed. Call it before the change, with the account's row already locked.
 */
export async function assertSystemAdminRemains(tx: Tx, without: string) {
  await tx.$queryRaw`SELECT id FROM role WHERE key = ${systemAdminRole} FOR UPDATE`;
  const [row] = await tx.$queryRaw<{ remains: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM (${systemAdmins}) admin JOIN "user" u ON u.id = admin.user_id JOIN credential c ON c.user_id = u.id
       WHERE u.status = 'active' AND u.id <> ${without}::uuid) AS remains`;
  if (!row?.remains) throw new Fail('user.last_admin');
}
