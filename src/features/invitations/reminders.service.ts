import { invitationLimits } from '@/lib/limits';
import { type Sql, sql } from '@/server/db/sql';
import type { SystemTools } from '@/server/job';
import { platformSending } from '@/server/mail/quota';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';
import { beyondSenders } from './grant-check.queries';
import { mailReminders, type Reminded } from './mail.service';

const system = unscoped('a job of the system');

const { lifetimeMs, firstReminderAfterMs, lastReminderBeforeMs, tooLateToRemindMs } = invitationLimits;

const left = (ms: number): Sql => sql`app_now() + make_interval(secs => ${ms / 1000}::float8)`;

/** Based on when the link expires, because every send starts the days again. The two are at least a day apart. */
const isDue = {
  last: sql`i.reminded IN (0, 1) AND i.expires_at > ${left(tooLateToRemindMs)} AND i.expires_at <= ${left(lastReminderBeforeMs)}`,
  first: sql`
    i.reminded = 0 AND i.expires_at > ${left(2 * lastReminderBeforeMs)}
    AND i.expires_at <= ${left(lifetimeMs - firstReminderAfterMs)}`,
};
type Which = keyof typeof isDue;

type Due = { id: string; userId: string; organizationId: string | null; version: number };

/**
 * Reminds people of delivered open invitations, `limit` at a time, and returns how many it checked. Each is marked
 * under its lock in the transaction that mails it, so any number of workers reminds nobody twice. An invitation that is
 * too late for the first reminder gets only the last. A person whose link would not work gets no mail.
 */
export async function remindInvitations(work: SystemWork, which: Which, limit: number): Promise<number> {
  const due = await work.read<Due>(
    system,
    sql`
      SELECT i.id, i.version, i.user_id AS "userId", i.organization_id AS "organizationId"
        FROM invitation i
       WHERE i.state = 'open' AND i.reminded < 2 AND i.held_since IS NULL AND i.delivery IN ('sent', 'opened')
         AND ${isDue[which]}
       ORDER BY i.expires_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED`,
  );
  if (due.length === 0) return 0;
  const ids = due.map(({ id }) => id);
  const allowed = await withWorkingLink(work, ids);
  await work.write(
    system,
    sql`
      UPDATE invitation SET reminded = ${which === 'first' ? 1 : 2}::smallint WHERE id = ANY(${ids}::uuid[])`,
  );
  const isAllowed = new Set(allowed.map(({ id }) => id));
  const reminded = due.filter(({ id }) => isAllowed.has(id));
  if (reminded.length === 0) return due.length;
  await mailReminders(work, allowed, which);
  await work.audit(
    ...reminded.map(({ id, version, organizationId, userId }) => ({
      action: 'invitation.reminded' as const,
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      after: { which, version },
    })),
  );
  return due.length;
}

/**
 * Those whose link works: the organization is active, and the sender may still grant it. The others are skipped; one
 * that its sender may no longer grant needs confirmation on acceptance. The account status is checked for the platform
 * only: a missing reminder would tell an organization that the account exists.
 */
async function withWorkingLink(work: SystemWork, ids: string[]): Promise<Reminded[]> {
  const chosen = sql`SELECT * FROM invitation WHERE id = ANY(${ids}::uuid[])`;
  const { granted, isBeyond } = beyondSenders(chosen);
  return work.read<Reminded>(
    system,
    sql`
      WITH ${granted}
      SELECT i.id, EXISTS (
               SELECT FROM granted h WHERE h.sender_id = i.sender_id AND h.organization_id IS NULL
                  AND h.permission = ANY(${platformSending}::text[])) AS "isForPlatform"
        FROM (${chosen}) i
        JOIN "user" u ON u.id = i.user_id AND u.email = i.email
         AND (i.organization_id IS NOT NULL OR u.status IN ('invited', 'active'))
        LEFT JOIN organization o ON o.id = i.organization_id
       WHERE (o.id IS NULL OR o.status = 'active') AND NOT ${isBeyond}`,
  );
}

const batch = 500;

/** In small transactions, each with invitations that no other worker has locked. */
export async function remindAllDue({ unit }: SystemTools) {
  // Last reminders go first: a person who gets one needs no other.
  for (const which of ['last', 'first'] as const) {
    let count = batch;
    while (count === batch) count = await unit((work) => remindInvitations(work, which, batch));
  }
}
