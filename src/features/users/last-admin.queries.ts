import { systemAdminRole } from '@/lib/permissions';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Reads } from '@/server/work';
import type { AccountRank } from './rank.policy';
import { findRank, systemAdmins } from './rank.queries';

const everybody = unscoped('System Admins belong to the platform');

/** Counts people who have the role through a group alone, and people who cannot sign in. */
export async function hasSystemAdmin(can: Reads): Promise<boolean> {
  const [row] = await can.read<{ has: boolean }>(everybody, sql`SELECT EXISTS (${systemAdmins}) AS has`);
  return row?.has ?? false;
}

/**
 * Fails with `user.last_admin`. The role's row is the lock: the second of two simultaneous changes counts after the
 * first has committed. Call it before a change of one account, with its row already locked; or after a change of a
 * group, with null.
 */
export async function assertSystemAdminRemains(can: Reads, without: string | null) {
  await can.read(everybody, sql`SELECT id FROM role WHERE key = ${systemAdminRole} FOR UPDATE`);
  const [row] = await can.read<{ remains: boolean }>(
    everybody,
    sql`
      SELECT EXISTS (
        SELECT 1 FROM (${systemAdmins}) admin JOIN "user" u ON u.id = admin.user_id JOIN credential c ON c.user_id = u.id
         WHERE u.status = 'active' AND u.id IS DISTINCT FROM ${without}::uuid) AS remains`,
  );
  if (!row?.remains) throw new Fail('user.last_admin');
}

/** For use after revoking. Refuses if this was the last System Admin, unless a group still makes them one. */
export async function assertAdminWasNotTheLast(can: Reads, { id, rank }: { id: string; rank: AccountRank }) {
  if (!rank.isSystemAdmin || (await findRank(can, id))?.isSystemAdmin) return;
  await assertSystemAdminRemains(can, id);
}
