import { boundedCount, type Count } from '@/lib/counts';
import { type Sql, sql } from '@/server/db/sql';
import { quotaLeft } from '@/server/mail/quota';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';

/** Whether a row `email e` waits for its hour: it was not tried yet, and nothing else holds it up. */
export const isPostponed = sql`
  (e.state = 'pending' AND e.attempts = 0 AND e.last_error IS NULL AND e.next_attempt_at > app_now())`;

/** When the newest email about an invitation leaves if it waits for its hour, otherwise null. The id is a column in scope. */
export function leavesAtOf(invitationId: Sql): Sql {
  return sql`
    (SELECT e.next_attempt_at FROM email e
      WHERE e.subject_type = 'invitation' AND e.subject_id = ${invitationId} AND ${isPostponed}
      ORDER BY e.id DESC LIMIT 1)`;
}

/** How many emails may leave at once for an import into this organization; null is any number. */
export async function leavingAtOnce(can: Can<'users.import'>, organizationId: string | null): Promise<number | null> {
  if (organizationId === null || !can.may('users.import', organizationId)) return null;
  return (await quotaLeft(can, organizationId))?.emails ?? null;
}

export type WaitingEmails = { emails: Count; lastLeavesAt: Date };

const countLimit = 10_000;

/** What an organization sends in the next hours. Null if everything has left. */
export async function waitingEmails(can: Can<'users.import'>, organizationId: string): Promise<WaitingEmails | null> {
  if (!can.may('users.import', organizationId)) return null;
  const waiting = sql`
    FROM email e WHERE e.organization_id = ${organizationId}::uuid AND ${isPostponed}`;
  const [row] = await can.read<{ emails: number; lastLeavesAt: Date | null }>(
    unscoped('one organization, in which the reader may import'),
    sql`
    SELECT (SELECT count(*)::int FROM (SELECT 1 ${waiting} LIMIT ${countLimit + 1}::int) x) AS emails,
           (SELECT e.next_attempt_at ${waiting} ORDER BY e.next_attempt_at DESC LIMIT 1) AS "lastLeavesAt"`,
  );
  if (!row?.lastLeavesAt) return null;
  return { emails: boundedCount(row.emails, countLimit), lastLeavesAt: row.lastLeavesAt };
}
