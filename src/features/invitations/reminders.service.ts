import { invitationLimits } from '@/lib/limits';
import { type Sql, sql } from '@/server/db/sql';
import type { SystemWork } from '@/server/work';
import { beyondSenders } from './grant-check.queries';
import { mailReminders } from './mail.service';

const { lifetimeMs, firstReminderAfterMs, lastReminderBeforeMs, tooLateToRemindMs } = invitationLimits;

const left = (ms: number): Sql => sql`app_now() + make_interval(secs => ${ms / 1000}::float8)`;

/** Told by when the link ends, since every send begins its days anew. At least a day lies between the two. */
const isDue = {
  last: sql`i.reminded IN (0, 1) AND i.expires_at > ${left(tooLateToRemindMs)} AND i.expires_at <= ${left(lastReminderBeforeMs)}`,
  first: sql`
    i.reminded = 0 AND i.expires_at > ${left(2 * lastReminderBeforeMs)}
    AND i.expires_at <= ${left(lifetimeMs - firstReminderAfterMs)}`,
};
type Which = keyof typeof isDue;

type Due = { id: string; userId: string; organizationId: string | null; version: number };

/**
 * Reminds of invitations that arrived and wait, `limit` at a time; answers how many it looked at. Each is marked under
 * its lock in the transaction that mails it, so nobody is reminded twice by any number of workers; what came too late
 * for the first gets the last alone. Whoever could not be let in gets no mail: the link would lead nowhere.
 */
export async function remindInvitations(work: SystemWork, which: Which, limit: number): Promise<number> {
  const due = await work.db.$queryRaw<Due[]>`
    SELECT i.id, i.version, i.user_id AS "userId", i.organization_id AS "organizationId"
      FROM invitation i
     WHERE i.state = 'open' AND i.reminded < 2 AND i.held_since IS NULL AND i.delivery IN ('sent', 'opened')
       AND ${isDue[which]}
     ORDER BY i.expires_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED`;
  if (due.length === 0) return 0;
  const ids = due.map(({ id }) => id);
  const allowed = new Set(await welcomeNow(work, ids));
  await work.db.$executeRaw`
    UPDATE invitation SET reminded = ${which === 'first' ? 1 : 2}::smallint WHERE id = ANY(${ids}::uuid[])`;
  const reminded = due.filter(({ id }) => allowed.has(id));
  if (reminded.length === 0) return due.length;
  await mailReminders(work, [...allowed], which);
  await work.audit(
    ...reminded.map(({ id, version, organizationId, userId }) => ({
      action: 'invitation.reminded',
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      after: { which, version },
    })),
  );
  return due.length;
}

/**
 * Those whose link lets somebody in: the organization is active, and the sender may still grant it. The others are passed
 * over; what nobody may grant waits for confirmation when it is accepted. How the account behind the address stands is
 * asked for the platform alone: an organization would learn from a reminder that was not sent that there is one.
 */
async function welcomeNow(work: SystemWork, ids: string[]): Promise<string[]> {
  const chosen = sql`SELECT * FROM invitation WHERE id = ANY(${ids}::uuid[])`;
  const { held, isBeyond } = beyondSenders(chosen);
  const rows = await work.db.$queryRaw<{ id: string }[]>`
    WITH ${held}
    SELECT i.id FROM (${chosen}) i
      JOIN "user" u ON u.id = i.user_id AND u.email = i.email
       AND (i.organization_id IS NOT NULL OR u.status IN ('invited', 'active'))
      LEFT JOIN organization o ON o.id = i.organization_id
     WHERE (o.id IS NULL OR o.status = 'active') AND NOT ${isBeyond}`;
  return rows.map(({ id }) => id);
}
