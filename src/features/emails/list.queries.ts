import { parseEmail } from '@/lib/email';
import { escapeLike } from '@/lib/like';
import { timeCursor } from '@/lib/list-params';
import { cutPage } from '@/lib/page-cut';
import { onDays } from '@/server/db/days';
import { empty, join, type Sql, sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { EmailFilter, EmailState } from './list.schema';
import { isPostponed } from './waiting.queries';

export type EmailRow = {
  id: string;
  template: string;
  toAddress: string;
  organization: string | null;
  state: EmailState;
  attempts: number;
  nextAttemptAt: Date;
  lastError: string | null;
  response: string | null;
  createdAt: Date;
  sentAt: Date | null;
  /** It waits for its hour: `nextAttemptAt` is when it leaves. */
  isPostponed: boolean;
};

const emailPageSize = 50;

// Leaves out params: they contain no link, but they do contain personal messages.
export const columns = sql`
  e.id, e.template, e.to_address AS "toAddress", o.name AS organization, e.state::text AS state, e.attempts,
  e.next_attempt_at AS "nextAttemptAt", e.last_error AS "lastError", e.response, e.created_at AS "createdAt",
  e.sent_at AS "sentAt", ${isPostponed} AS "isPostponed"`;

/** Newest first, by index and without counting, so every page costs the same. */
export async function listEmails(can: Can<'emails.read'>, filter: EmailFilter) {
  const order = filter.before ? sql`ASC` : sql`DESC`;
  const matching = conditions(filter, can.timeZone);
  const where = sql`${inView(can)} ${matching.length > 0 ? sql`AND ${join(matching, ' AND ')}` : empty}`;
  const read = await can.read<EmailRow>(sql`
    WITH page AS (
      SELECT e.* FROM email e WHERE ${where} ${position(filter)}
       ORDER BY e.created_at ${order}, e.id ${order} LIMIT ${emailPageSize + 1}::int)
    SELECT ${columns} FROM page e LEFT JOIN organization o ON o.id = e.organization_id
     ORDER BY e.created_at ${order}, e.id ${order}`);
  const { rows, previous, next } = cutPage(read, emailPageSize, filter);
  return { rows, newer: timeCursor(previous), older: timeCursor(next) };
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
    list.push(
      parsed.ok
        ? sql`e.to_address = ${parsed.email}`
        : sql`e.to_address LIKE ${`${escapeLike(filter.recipient.toLowerCase())}%`}`,
    );
  }
  return list;
}

const inView = (can: Can<'emails.read'>) => within(can, 'emails.read', sql`e.organization_id`);

export async function listEmailTemplates(can: Can<'emails.read'>): Promise<string[]> {
  const rows = await can.read<{ template: string }>(sql`
    SELECT DISTINCT template FROM (
      SELECT e.template FROM email e WHERE ${inView(can)}
       ORDER BY e.created_at DESC, e.id DESC LIMIT 1000) newest ORDER BY template`);
  return rows.map((row) => row.template);
}
