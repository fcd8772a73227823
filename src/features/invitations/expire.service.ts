import { sql } from '@/server/db/sql';
import type { SystemTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { PublicWork, SystemWork, Writes } from '@/server/work';
import { withdrawInvitationEmails } from './mail.service';
import { isOverdue } from './overdue.queries';

type Expired = { id: string; organization_id: string | null; user_id: string };

/** Returns how many. It sends no mail: the link's page offers a new one. */
export async function expireInvitations(work: SystemWork, limit: number): Promise<number> {
  // MATERIALIZED evaluates the limit once. Postgres 15 may run a subquery inside IN again for every row.
  const expired = await work.writeReturning<Expired>(
    unscoped('a job of the system'),
    sql`
      WITH due AS MATERIALIZED (
        SELECT i.id FROM invitation i WHERE i.state = 'open' AND ${isOverdue}
         ORDER BY i.expires_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
      UPDATE invitation SET state = 'expired', ended_at = expires_at WHERE id IN (SELECT id FROM due)
      RETURNING id, organization_id, user_id`,
  );
  await recordExpired(work, expired);
  return expired.length;
}

/** Expires one person's overdue invitations before a new one, and those sent to an earlier address. */
export async function expireStale(work: Writes & Pick<SystemWork, 'audit'>, userId: string) {
  const expired = await work.writeReturning<Expired>(
    unscoped('an expired link is marked in every organization'),
    sql`
      UPDATE invitation i SET state = 'expired', ended_at = least(i.expires_at, app_now()), held_since = NULL
        FROM "user" u WHERE u.id = i.user_id AND u.id = ${userId}::uuid AND i.state = 'open'
         AND (${isOverdue} OR i.email <> u.email)
      RETURNING i.id, i.organization_id, i.user_id`,
  );
  await recordExpired(work, expired);
}

async function recordExpired(work: Writes & Pick<SystemWork, 'audit'>, expired: Expired[]) {
  if (expired.length === 0) return;
  await withdrawInvitationEmails(
    work,
    expired.map(({ id }) => id),
  );
  await work.audit(
    ...expired.map((row) => ({
      action: 'invitation.expired' as const,
      subject: { type: 'invitation', id: row.id },
      organizationId: row.organization_id,
      personId: row.user_id,
    })),
  );
}

/**
 * Their links stopped working, but an open invitation keeps the new address from being invited. The audit event says
 * only that it expired: another organization may have sent it, and must not learn of the change.
 */
export async function expireInvitationsOf(work: Writes & Pick<PublicWork, 'audit'>, userId: string) {
  const expired = await work.writeReturning<Expired>(
    unscoped('a new address ends the links of every organization'),
    sql`
      UPDATE invitation SET state = 'expired', expires_at = least(expires_at, app_now()), ended_at = app_now(),
             held_since = NULL
       WHERE user_id = ${userId}::uuid AND state = 'open' RETURNING id, organization_id, user_id`,
  );
  await recordExpired(work, expired);
}

const batch = 2000;

/** In small transactions, so that nobody waits for a lock. */
export async function expireAllDue({ unit }: SystemTools) {
  let count = batch;
  while (count === batch) count = await unit((work) => expireInvitations(work, batch));
}
