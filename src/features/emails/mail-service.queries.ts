import type { Count } from '@/lib/counts';
import { join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { reachOf, unscoped, within } from '@/server/scope';
import type { Can } from '@/server/work';

export type MailServiceState = {
  lastSentAt: Date | null;
  lastFailure: { at: Date; sentence: string } | null;
  waitingBecause: string | null;
  queued: Count;
  oldestQueuedAt: Date | null;
};

const maxRows = 1000;

/** Readers inside organizations see only their own emails: the length of the whole queue would tell about others. */
export async function mailServiceState(can: Can<'emails.read'> | Can<'invitations.read'>): Promise<MailServiceState> {
  const either = can as Can<'emails.read' | 'invitations.read'>;
  const permission = can.may('emails.read') ? 'emails.read' : 'invitations.read';
  const [row] =
    reachOf(either, permission) === 'platform'
      ? await can.read<Figures>(unscoped('the mails of the whole platform'), figuresOf(everywhere))
      : await can.read<Figures>(figuresOf(newestIn(either, permission)));
  const { lastSentAt = null, failedAt, failedFor, waitingFor = null, queued = 0, oldestQueuedAt = null } = row ?? {};
  return {
    lastSentAt,
    lastFailure: failedAt ? { at: failedAt, sentence: failedFor ?? 'No reason was recorded.' } : null,
    waitingBecause: waitingFor,
    queued: queued >= maxRows ? { atLeast: queued } : queued,
    oldestQueuedAt,
  };
}

/** A finished email's `next_attempt_at` is when it finished, so the newest of each state is at the end of the index. */
const everywhere = join(
  [
    ...(['sent', 'failed', 'unknown'] as const).map(
      (state) => sql`(SELECT state, sent_at, next_attempt_at, last_error, created_at FROM email
                       WHERE state = ${state}::email_state ORDER BY next_attempt_at DESC LIMIT 1)`,
    ),
    ...(['sending', 'pending'] as const).map(
      (state) => sql`(SELECT state, sent_at, next_attempt_at, last_error, created_at FROM email
                       WHERE state = ${state}::email_state ORDER BY next_attempt_at LIMIT ${maxRows}::int)`,
    ),
  ],
  ' UNION ALL ',
);

type Either = 'emails.read' | 'invitations.read';

function newestIn(can: Can<Either>, permission: Either): ScopedSql {
  return sql`
    SELECT state, sent_at, next_attempt_at, last_error, created_at FROM email
     WHERE ${within(can, permission, sql`organization_id`)} ORDER BY created_at DESC, id DESC LIMIT ${maxRows}::int`;
}

type Figures = {
  lastSentAt: Date | null;
  failedAt: Date | null;
  failedFor: string | null;
  waitingFor: string | null;
  queued: number;
  oldestQueuedAt: Date | null;
};

const figuresOf = <Mails extends Sql>(mails: Mails) => sql`
  WITH seen AS (${mails}),
  failure AS (SELECT next_attempt_at, last_error FROM seen WHERE state IN ('failed', 'unknown')
               ORDER BY next_attempt_at DESC LIMIT 1)
  SELECT max(sent_at) AS "lastSentAt", (SELECT next_attempt_at FROM failure) AS "failedAt",
         (SELECT last_error FROM failure) AS "failedFor",
         max(last_error) FILTER (WHERE state = 'pending') AS "waitingFor",
         count(*) FILTER (WHERE state IN ('pending', 'sending'))::int AS queued,
         min(created_at) FILTER (WHERE state IN ('pending', 'sending')) AS "oldestQueuedAt"
    FROM seen`;
