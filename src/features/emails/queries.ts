import type { Count } from '@/lib/counts';
import { parseEmail } from '@/lib/email';
import { isId } from '@/lib/ids';
import { escapeLike } from '@/lib/like';
import { cutPage } from '@/lib/page-cut';
import { onDays } from '@/server/db/days';
import { empty, join, type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Can, Scope } from '@/server/work';
import type { EmailFilter, EmailState } from './schema';

export type EmailRow = {
  id: string;
  template: string;
  toAddress: string;
  organization: string | null;
  state: EmailState;
  attempts: number;
  nextAttemptAt: Date;
  lastError: string | null;
  /** What the mail server answered last. */
  response: string | null;
  createdAt: Date;
  sentAt: Date | null;
};

const emailPageSize = 50;

// No params: they hold no link, but they do hold what people wrote to each other.
const columns = sql`
  e.id, e.template, e.to_address AS "toAddress", o.name AS organization, e.state::text AS state, e.attempts,
  e.next_attempt_at AS "nextAttemptAt", e.last_error AS "lastError", e.response, e.created_at AS "createdAt",
  e.sent_at AS "sentAt"`;

/** Newest first, by index and without counting: a page costs the same wherever it lies. */
export async function listEmails(can: Can<'emails.read'>, filter: EmailFilter) {
  const order = filter.before ? sql`ASC` : sql`DESC`;
  const matching = conditions(filter, can.preference.timeZone ?? 'UTC');
  const where = join([inScope(can.scope('emails.read')), ...matching], ' AND ');
  const read = await can.db.$queryRaw<EmailRow[]>`
    WITH page AS (
      SELECT e.* FROM email e WHERE ${where} ${position(filter)}
       ORDER BY e.created_at ${order}, e.id ${order} LIMIT ${emailPageSize + 1}::int)
    SELECT ${columns} FROM page e LEFT JOIN organization o ON o.id = e.organization_id
     ORDER BY e.created_at ${order}, e.id ${order}`;
  const { rows, previous, next } = cutPage(read, emailPageSize, filter);
  return { rows, newer: cursorOf(previous), older: cursorOf(next) };
}

function cursorOf(row: EmailRow | null): string | null {
  return row && `${row.createdAt.getTime()}_${row.id}`;
}

function position({ before, after }: EmailFilter): Sql {
  if (before) return sql`AND (e.created_at, e.id) > (${before.at}::timestamptz, ${before.id}::uuid)`;
  return after ? sql`AND (e.created_at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : empty;
}

function conditions(filter: EmailFilter, timeZone: string): Sql[] {
  const list = onDays(sql`e.created_at`, filter, timeZone);
  if (filter.state) list.push(sql`e.state = ${filter.state}::email_state`);
  if (filter.template) list.push(sql`e.template = ${filter.template}`);
  if (filter.recipient) {
    const parsed = parseEmail(filter.recipient);
    // What is no whole address is the beginning of one.
    list.push(
      parsed.ok
        ? sql`e.to_address = ${parsed.email}`
        : sql`e.to_address LIKE ${`${escapeLike(filter.recipient.toLowerCase())}%`}`,
    );
  }
  return list;
}

function inScope(scope: Scope): Sql {
  return scope.all ? sql`true` : sql`e.organization_id = ANY(${scope.organizationIds}::uuid[])`;
}

/** The kinds among the newest mails, for the filter. */
export async function listEmailTemplates(can: Can<'emails.read'>): Promise<string[]> {
  const rows = await can.db.$queryRaw<{ template: string }[]>`
    SELECT DISTINCT template FROM (
      SELECT e.template FROM email e WHERE ${inScope(can.scope('emails.read'))}
       ORDER BY e.created_at DESC, e.id DESC LIMIT 1000) newest ORDER BY template`;
  return rows.map((row) => row.template);
}

/** One mail's record. Outside the reader's scope it is not found. */
export async function getEmail(can: Can<'emails.read'>, id: string) {
  if (!isId(id)) throw new Fail('not_found');
  const [row] = await can.db.$queryRaw<
    (EmailRow & { messageId: string; subjectType: string | null; subjectId: string | null })[]
  >`
    SELECT ${columns}, e.message_id AS "messageId", e.subject_type AS "subjectType", e.subject_id AS "subjectId"
      FROM email e LEFT JOIN organization o ON o.id = e.organization_id
     WHERE e.id = ${id}::uuid AND ${inScope(can.scope('emails.read'))}`;
  if (!row) throw new Fail('not_found');
  return row;
}

/** The newest ten mails about an invitation, for "Did not arrive?". */
export async function emailsAbout(can: Can<'invitations.read'>, subject: { type: 'invitation'; id: string }) {
  if (!isId(subject.id)) throw new Fail('not_found');
  return can.db.$queryRaw<EmailRow[]>`
    SELECT ${columns} FROM email e LEFT JOIN organization o ON o.id = e.organization_id
     WHERE e.subject_type = ${subject.type} AND e.subject_id = ${subject.id}::uuid
       AND ${inScope(can.scope('invitations.read'))}
     ORDER BY e.created_at DESC, e.id DESC LIMIT 10`;
}

export type MailServiceState = {
  lastSentAt: Date | null;
  /** The newest mail that failed for good, or whose fate is unknown. */
  lastFailure: { at: Date; sentence: string } | null;
  /** Why queued mails wait, when they were tried already. */
  waitingBecause: string | null;
  queued: Count;
  oldestQueuedAt: Date | null;
};

const lookAt = 1000;

/**
 * How mail fares, from at most a thousand rows. Somebody of an organization is told what their organization's own mails
 * tell: how many others wait would say something about others.
 */
export async function mailServiceState(can: Can<'emails.read'> | Can<'invitations.read'>): Promise<MailServiceState> {
  const either = can as Can<'emails.read' | 'invitations.read'>;
  const scope = either.scope(can.may('emails.read') ? 'emails.read' : 'invitations.read');
  const [row] = await can.db.$queryRaw<
    {
      lastSentAt: Date | null;
      failedAt: Date | null;
      failedFor: string | null;
      waitingFor: string | null;
      queued: number;
      oldestQueuedAt: Date | null;
    }[]
  >`
    WITH seen AS (${scope.all ? everywhere : within(scope.organizationIds)}),
    failure AS (SELECT next_attempt_at, last_error FROM seen WHERE state IN ('failed', 'unknown')
                 ORDER BY next_attempt_at DESC LIMIT 1)
    SELECT max(sent_at) AS "lastSentAt", (SELECT next_attempt_at FROM failure) AS "failedAt",
           (SELECT last_error FROM failure) AS "failedFor",
           max(last_error) FILTER (WHERE state = 'pending') AS "waitingFor",
           count(*) FILTER (WHERE state IN ('pending', 'sending'))::int AS queued,
           min(created_at) FILTER (WHERE state IN ('pending', 'sending')) AS "oldestQueuedAt"
      FROM seen`;
  const { lastSentAt = null, failedAt, failedFor, waitingFor = null, queued = 0, oldestQueuedAt = null } = row ?? {};
  return {
    lastSentAt,
    lastFailure: failedAt ? { at: failedAt, sentence: failedFor ?? 'No reason was kept.' } : null,
    waitingBecause: waitingFor,
    queued: queued >= lookAt ? { atLeast: queued } : queued,
    oldestQueuedAt,
  };
}

/** A settled mail's `next_attempt_at` is when it was settled, so the newest of each state stands at the index's end. */
const everywhere = join(
  [
    ...(['sent', 'failed', 'unknown'] as const).map(
      (state) => sql`(SELECT state, sent_at, next_attempt_at, last_error, created_at FROM email
                       WHERE state = ${state}::email_state ORDER BY next_attempt_at DESC LIMIT 1)`,
    ),
    ...(['sending', 'pending'] as const).map(
      (state) => sql`(SELECT state, sent_at, next_attempt_at, last_error, created_at FROM email
                       WHERE state = ${state}::email_state ORDER BY next_attempt_at LIMIT ${lookAt}::int)`,
    ),
  ],
  ' UNION ALL ',
);

function within(organizationIds: string[]): Sql {
  return sql`SELECT state, sent_at, next_attempt_at, last_error, created_at FROM email
              WHERE organization_id = ANY(${organizationIds}::uuid[]) ORDER BY created_at DESC, id DESC LIMIT ${lookAt}::int`;
}
