import { assertSystemAdminRemains } from '@/features/users/last-admin.policy';
import { type AccountRank, findRank } from '@/features/users/manage-account.policy';
import { isId } from '@/lib/ids';
import { obstacleText } from '@/lib/obstacles';
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
 * The person's row, locked: everything that gives or takes access of one person comes after one another. It is the first
 * lock of every such change, which keeps them from waiting for each other in a circle. Says nothing about who may.
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

/** Rights are given to accounts somebody uses: the invited get theirs by accepting, the archived after being restored. */
export function assertMayReceive({ status }: Pick<LockedPerson, 'status'>) {
  if (status === 'archived') throw new Fail('user.archived');
  if (status !== 'invited') return;
  throw new Fail('user.not_active', {
    detail: `${obstacleText.not_accepted} Invite them with these roles instead.`,
  });
}

/** An administrative change, by which forms and plans see that something moved on. */
export async function raiseVersion(db: Tx, id: string) {
  await db.$executeRaw`UPDATE "user" SET version = version + 1, updated_at = app_now() WHERE id = ${id}::uuid`;
}

/** After something was taken: whoever is no System Admin any more must not have been the last. A group may still do. */
export async function assertNotTheLast(db: Tx, { id, rank }: LockedPerson) {
  if (!rank.isSystemAdmin || (await findRank(db, id))?.isSystemAdmin) return;
  await assertSystemAdminRemains(db, id);
}
