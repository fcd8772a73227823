import { isId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import type { Profile } from '@/lib/person-fields';
import type { Tx } from '@/server/db/client';
import { empty, type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Work } from '@/server/work';
import { type AccountRank, assertMayChangeAccount, findRank } from './rank.policy';

export type Locked = Profile & {
  id: string;
  email: string;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  version: number;
  deactivationReason: string | null;
  deactivatedUntil: Date | null;
  hasPassword: boolean;
  rank: AccountRank;
};

/** Fails with `not_found` for somebody outside the actor's scope, as for an id that nobody has. */
export async function lockAccount<P extends Permission>(work: Work<P>, permission: P, id: string): Promise<Locked> {
  if (!isId(id)) throw new Fail('not_found');
  const scope = work.scope(permission);
  const inScope = scope.all
    ? empty
    : sql`AND EXISTS (SELECT 1 FROM membership m WHERE m.user_id = u.id
                         AND m.organization_id = ANY(${scope.organizationIds}::uuid[]))`;
  const account = await lockRow(work.db, id, inScope);
  // Checked again under the lock: the membership that met the condition above may have ended while we waited.
  const isStillInScope = scope.all || account.rank.organizationIds.some((at) => scope.organizationIds.includes(at));
  if (!isStillInScope) throw new Fail('not_found');
  await assertMayChangeAccount(work, permission, account.rank);
  return account;
}

/** Locks the account's row without checking the actor: for links, and for people acting on their own account. */
export async function lockRow(db: Tx, id: string, condition: Sql = empty): Promise<Locked> {
  const [row] = await db.$queryRaw<Omit<Locked, 'rank'>[]>`
    SELECT u.id, u.email, u.first_name AS "firstName", u.last_name AS "lastName", u.phone, u.extension, u.status,
           u.version, u.suspended_reason AS "deactivationReason", u.suspended_until AS "deactivatedUntil",
           EXISTS (SELECT 1 FROM credential c WHERE c.user_id = u.id) AS "hasPassword"
      FROM "user" u WHERE u.id = ${id}::uuid ${condition} FOR UPDATE OF u`;
  const rank = row ? await findRank(db, id) : null;
  if (!row || !rank) throw new Fail('not_found');
  return { ...row, rank };
}
