import { copyToMemberships } from '@/features/memberships/copies.service';
import { endSessions } from '@/server/auth/session';
import { type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { SystemTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { SystemWork, Work } from '@/server/work';
import { type Locked, lockAccount } from './account-lock.service';
import { traceOrganization } from './audit-place.policy';
import type { DeactivateInput, ReactivateInput } from './deactivation.schema';
import { type Ender, enderOf, mayReactivate } from './ender.policy';
import { assertSystemAdminRemains } from './last-admin.queries';
import type { AccountRank } from './rank.policy';
import { isOnPlatform } from './rank.queries';

const lockedInScope = unscoped('the account was locked in scope before');
const whenDue = unscoped('a job of the system: every account that is due');

/** `until` is the last day, inclusive, in the actor's time zone. */
export async function deactivateUser(work: Work<'users.deactivate'>, { id, reason, until }: DeactivateInput) {
  const account = await lockAccount(work, 'users.deactivate', id);
  if (account.status !== 'active') throw new Fail('user.not_active');
  const zone = work.timeZone;
  const ends = sql`(${until}::date + 1)::timestamp AT TIME ZONE ${zone}::text`;
  await deactivate(work, account, { reason, until: ends, by: enderOf(work, 'users.deactivate') });
}

export async function undoReactivation(work: Work<'users.deactivate'>, id: string) {
  const account = await lockAccount(work, 'users.deactivate', id);
  const [reactivation] = await work.read<{
    isOwn: boolean;
    reason: string | null;
    until: string | null;
    by: Ender | null;
  }>(
    lockedInScope,
    sql`
      SELECT e.actor_id = ${work.actor.id}::uuid AS "isOwn", d.body -> 'before' ->> 'reason' AS reason,
             d.body -> 'before' ->> 'until' AS until, d.body -> 'before' ->> 'by' AS by
        FROM audit_event e JOIN audit_detail d ON d.event_id = e.id
       WHERE e.subject_id = ${id}::uuid AND e.action = 'user.reactivated' ORDER BY e.at DESC, e.seq DESC LIMIT 1`,
  );
  // Reactivating somebody who never had a password makes them invited, not active.
  if (!reactivation?.isOwn || !['active', 'invited'].includes(account.status)) throw new Fail('user.not_active');
  const { reason, until, by } = reactivation;
  await deactivate(work, account, { reason: reason ?? '', until: sql`${until}::timestamptz`, by: by ?? 'platform' });
}

async function deactivate(
  work: Work<'users.deactivate'>,
  account: Locked,
  { reason, until, by }: { reason: string; until: Sql; by: Ender },
) {
  const { id, status, rank } = account;
  if (rank.isSystemAdmin) await assertSystemAdminRemains(work, id);
  const [changed] = await work.writeReturning<{ until: Date | null; isLater: boolean }>(
    lockedInScope,
    sql`
      UPDATE "user" SET status = 'inactive', suspended_at = app_now(), suspended_reason = nullif(${reason}::text, ''),
             suspended_until = ${until}, deactivated_by = ${by}::deactivated_by, version = version + 1, updated_at = app_now()
       WHERE id = ${id}::uuid
      RETURNING suspended_until AS until, coalesce(suspended_until > app_now(), true) AS "isLater"`,
  );
  if (!changed?.isLater) {
    throw new Fail('input', { errors: { until: ['Choose today or a later day, or leave it empty.'] } });
  }
  await copyToMemberships(work, [id]);
  const sessions = await endSessions(work, id, 'suspended');
  await work.audit({
    action: 'user.deactivated',
    subject: { type: 'user', id },
    organizationId: traceOrganization(rank),
    before: { status },
    after: { status: 'inactive', by, until: changed.until?.toISOString() ?? null, sessionsEnded: sessions },
    ...(reason && { reason }),
  });
}

/**
 * The person can sign in at once with their old password. Somebody who never had one becomes invited, not active. Fails
 * with `user.ended_by_platform` for an organization where the platform deactivated them.
 */
export async function reactivateUser(work: Work<'users.deactivate'>, input: ReactivateInput) {
  const { id, reason } = input;
  const { status, rank, ...account } = await lockAccount(work, 'users.deactivate', id);
  if (status !== 'inactive') throw new Fail('user.not_inactive');
  if (!mayReactivate(work, account.deactivatedBy)) throw new Fail('user.ended_by_platform');
  const next = account.hasPassword ? 'active' : 'invited';
  await work.write(
    lockedInScope,
    sql`
      UPDATE "user" SET status = ${next}::user_status, suspended_at = NULL, suspended_reason = NULL,
             suspended_until = NULL, deactivated_by = NULL, version = version + 1, updated_at = app_now()
       WHERE id = ${id}::uuid`,
  );
  await copyToMemberships(work, [id]);
  await work.audit({
    action: 'user.reactivated',
    subject: { type: 'user', id },
    organizationId: traceOrganization(rank),
    before: {
      status,
      by: account.deactivatedBy ?? 'platform',
      reason: account.deactivationReason,
      until: account.deactivatedUntil?.toISOString() ?? null,
    },
    after: { status: next, by: enderOf(work, 'users.deactivate') },
    ...(reason && { reason }),
  });
}

const dueAtOnce = 500;

/** Reactivates up to 500 people whose deactivation has ended; returns how many. */
export async function reactivateDue(work: SystemWork): Promise<number> {
  const due = await work.writeReturning<
    { id: string; status: 'active' | 'invited'; until: Date } & Pick<AccountRank, 'organizationIds' | 'isOnPlatform'>
  >(
    whenDue,
    sql`
      WITH due AS (
        SELECT id, suspended_until FROM "user"
         WHERE status = 'inactive' AND suspended_until <= app_now()
         ORDER BY suspended_until, id LIMIT ${dueAtOnce}::int FOR UPDATE SKIP LOCKED)
      UPDATE "user" u
         SET status = CASE WHEN EXISTS (SELECT 1 FROM credential c WHERE c.user_id = u.id)
                           THEN 'active' ELSE 'invited' END::user_status,
             suspended_at = NULL, suspended_reason = NULL, suspended_until = NULL, deactivated_by = NULL,
             version = u.version + 1, updated_at = app_now()
        FROM due WHERE u.id = due.id
      RETURNING u.id, u.status, due.suspended_until AS until,
                ARRAY(SELECT m.organization_id FROM membership m WHERE m.user_id = u.id) AS "organizationIds",
                ${isOnPlatform} AS "isOnPlatform"`,
  );
  if (due.length === 0) return 0;
  await copyToMemberships(
    work,
    due.map(({ id }) => id),
  );
  await work.audit(
    ...due.map(({ id, status, until, ...places }) => ({
      action: 'user.reactivated' as const,
      subject: { type: 'user', id },
      organizationId: traceOrganization(places),
      before: { status: 'inactive', until: until.toISOString() },
      after: { status },
      reason: 'The deactivation ended.',
    })),
  );
  return due.length;
}

/** In small transactions, so that nobody waits for a lock. */
export async function reactivateAllDue({ unit }: SystemTools) {
  let done: number;
  do done = await unit(reactivateDue);
  while (done > 0);
}
