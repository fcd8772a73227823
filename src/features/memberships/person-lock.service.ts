import { assertSystemAdminRemains } from '@/features/users/last-admin.policy';
import { type AccountRank, findRank } from '@/features/users/rank.policy';
import { isId } from '@/lib/ids';
import { obstacleText } from '@/lib/obstacle-words';
import type { Tx } from '@/server/db/client';
import { Fail } from '@/server/fail';

export type LockedPerson = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  version: number;
  rank: AccountRank;
};

/**
 * Every change of a person's access takes this lock first, which prevents deadlocks. Only accepting an invitation locks
 * that invitation before the person. Permissions are not checked here.
 */
export async function lockPerson(db: Tx, id: string): Promise<LockedPerson> {
  if (!isId(id)) throw new Fail('not_found');
  const [row] = await db.$queryRaw<Omit<LockedPerson, 'rank'>[]>`
    SELECT id, email, first_name AS "firstName", last_name AS "lastName", status, version
      FROM "user" WHERE id = ${id}::uuid FOR UPDATE`;
  const rank = row ? await findRank(db, id) : null;
  if (!row || !rank) throw new Fail('not_found');
  return { ...row, rank };
}

/** Access is granted to accounts in use: invited people get theirs by accepting, archived people get none. */
export function assertMayReceive({ status }: Pick<LockedPerson, 'status'>) {
  if (status === 'archived') throw new Fail('user.archived');
  if (status !== 'invited') return;
  throw new Fail('user.not_active', {
    detail: `${obstacleText.not_accepted} Invite them with these roles instead.`,
  });
}

/** Marks an administrative change, so that open forms and plans notice it. */
export async function raiseVersion(db: Tx, id: string) {
  await db.$executeRaw`UPDATE "user" SET version = version + 1, updated_at = app_now() WHERE id = ${id}::uuid`;
}

/** For use after revoking. Refuses if this was the last System Admin, unless a group still makes them one. */
export async function assertNotTheLast(db: Tx, { id, rank }: LockedPerson) {
  if (!rank.isSystemAdmin || (await findRank(db, id))?.isSystemAdmin) return;
  await assertSystemAdminRemains(db, id);
}
