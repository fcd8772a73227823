import { isId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import type { Profile } from '@/lib/person-fields';
import { type ScopedSql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Work, Writes } from '@/server/work';
import type { Ender } from './ender.policy';
import type { AccountRank } from './rank.policy';
import { assertMayChangeAccount, findRank } from './rank.queries';
import { isInView } from './view.queries';

export type Locked = Profile & {
  id: string;
  email: string;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  version: number;
  deactivationReason: string | null;
  deactivatedUntil: Date | null;
  deactivatedBy: Ender | null;
  archivedStatus: 'invited' | 'active' | 'inactive' | null;
  archivedBy: Ender | null;
  archiveReason: string | null;
  hasPassword: boolean;
  hasConfirmedEmail: boolean;
  rank: AccountRank;
};

/** Fails with `not_found` for somebody outside the actor's scope, as for an id that nobody has. */
export async function lockAccount<P extends Permission>(work: Work<P>, permission: P, id: string): Promise<Locked> {
  if (!isId(id)) throw new Fail('not_found');
  const account = await lockWhere(work, id, isInView(work, permission, sql`u.id`));
  // Checked again under the lock: the membership that met the condition above may have ended while we waited.
  const isStillInScope =
    work.may(permission, null) || account.rank.organizationIds.some((at) => work.may(permission, at));
  if (!isStillInScope) throw new Fail('not_found');
  await assertMayChangeAccount(work, permission, account.rank);
  return account;
}

/**
 * Locks the account's row without checking the actor: for links, for people acting on their own account, and for changes
 * of access, whose rules the caller checks. Every change of a person's access takes this lock first, which prevents
 * deadlocks. Only accepting an invitation locks that invitation before.
 */
export async function lockRow(work: Writes, id: string): Promise<Locked> {
  if (!isId(id)) throw new Fail('not_found');
  return lockWhere(work, id, null);
}

async function lockWhere(work: Writes, id: string, inView: ScopedSql | null): Promise<Locked> {
  const condition = inView ?? sql`true`;
  const [row] = await work.read<Omit<Locked, 'rank'>>(
    unscoped('own account, or the condition of the caller'),
    sql`
      SELECT u.id, u.email, u.first_name AS "firstName", u.last_name AS "lastName", u.phone, u.extension, u.status,
             u.version, u.suspended_reason AS "deactivationReason", u.suspended_until AS "deactivatedUntil",
             u.deactivated_by AS "deactivatedBy", u.archived_status AS "archivedStatus", u.archived_by AS "archivedBy",
             u.archived_reason AS "archiveReason",
             EXISTS (SELECT 1 FROM credential c WHERE c.user_id = u.id) AS "hasPassword",
             u.email_verified_at IS NOT NULL AS "hasConfirmedEmail"
        FROM "user" u WHERE u.id = ${id}::uuid AND ${condition} FOR UPDATE OF u`,
  );
  const rank = row ? await findRank(work, id) : null;
  if (!row || !rank) throw new Fail('not_found');
  return { ...row, rank };
}

/** Marks an administrative change, so that open forms and plans notice it. */
export async function raiseVersion(work: Writes, id: string) {
  await work.write(
    unscoped('the caller has changed what this person may do'),
    sql`UPDATE "user" SET version = version + 1, updated_at = app_now() WHERE id = ${id}::uuid`,
  );
}
