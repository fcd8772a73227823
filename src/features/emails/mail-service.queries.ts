import type { Count } from '@/lib/counts';
import { join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { eachPlace, reachOf, unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import { isPostponed } from './waiting.queries';

export type MailServiceState = {
  lastSentAt: Date | null;
  lastFailure: { at: Date; sentence: string } | null;
  waitingBecause: string | null;
  /** Those that could leave now, without those that wait for their hour. */
  queued: Count;
  postponed: Count;
  oldestQueuedAt: Date | null;
};

const maxRows = 1000;

/** Readers inside organizations see only their own emails: the length of the whole queue would tell about others. */
export async function mailServiceState(can: Can<'emails.read'> | Can<'invitations.read'>): Promise<MailServiceState> {
  const either = can as Can<'emails.read' | 'invitations.read'>;
  const permission = can.may('emails.read') ? 'emails.read' : 'invitations.read';
  const [row] =
    reachOf(either, permission) === 'platform'
      ? await can.read<Figures>(unscoped('the mails of the whole platform'), figuresOf(newestOfEachState(sql`true`)))
      : await can.read<Figures>(figuresOf(newestIn(either, permission)));
  const {
    lastSentAt = null,
    failedAt,
    failedFor,
    waitingFor = null,
    queued = 0,
    postponed = 0,
    oldestQueuedAt = null,
  } = row ?? {};
  return {
    lastSentAt,
    lastFailure: failedAt ? { at: failedAt, sentence: failedFor ?? 'No reason was recorded.' } : null,
    waitingBecause: waitingFor,
    queued: queued >= maxRows ? { atLeast: queued } : queued,
    postponed: postponed >= maxRows ? { atLeast: postponed } : postponed,
    oldestQueuedAt,
  };
}

const figures = sql`
  e.state, e.sent_at, e.next_attempt_at, e.last_error, e.created_at, e.state IN ('pending', 'sending') AS is_waiting,
  ${isPostponed} AS is_postponed`;

/**
 * A finished email's `next_attempt_at` is when it finished, so the newest of each state is at the end of its index. Those
 * that wait for their hour come last among the waiting ones, and are counted apart.
 */
function newestOfEachState<Where extends Sql>(where: Where) {
  const finished = (['sent', 'failed', 'unknown'] as const).map(
    (state) => sql`(SELECT ${figures} FROM email e WHERE ${where} AND e.state = ${state}::email_state
                     ORDER BY e.next_attempt_at DESC LIMIT 1)`,
  );
  const waiting = (['sending', 'pending'] as const).map(
    (state) => sql`(SELECT ${figures} FROM email e WHERE ${where} AND e.state = ${state}::email_state
                     ORDER BY e.next_attempt_at LIMIT ${maxRows}::int)`,
  );
  return join([...finished, ...waiting], ' UNION ALL ');
}

type Either = 'emails.read' | 'invitations.read';

/** Each organization along its own index. */
function newestIn(can: Can<Either>, permission: Either): ScopedSql {
  const here = newestOfEachState(sql`e.organization_id = place.id`);
  return sql`SELECT x.* FROM ${eachPlace(can, permission)} CROSS JOIN LATERAL (${here}) x`;
}

type Figures = {
  lastSentAt: Date | null;
  failedAt: Date | null;
  failedFor: string | null;
  waitingFor: string | null;
  queued: number;
  postponed: number;
  oldestQueuedAt: Date | null;
};

const figuresOf = <Mails extends Sql>(mails: Mails) => sql`
  WITH seen AS (${mails}),
  failure AS (SELECT next_attempt_at, last_error FROM seen WHERE state IN ('failed', 'unknown')
               ORDER BY next_attempt_at DESC LIMIT 1)
  SELECT max(sent_at) AS "lastSentAt", (SELECT next_attempt_at FROM failure) AS "failedAt",
         (SELECT last_error FROM failure) AS "failedFor",
         max(last_error) FILTER (WHERE state = 'pending') AS "waitingFor",
         count(*) FILTER (WHERE is_waiting AND NOT is_postponed)::int AS queued,
         count(*) FILTER (WHERE is_postponed)::int AS postponed,
         min(created_at) FILTER (WHERE is_waiting AND NOT is_postponed) AS "oldestQueuedAt"
    FROM seen`;
