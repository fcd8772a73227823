import { timeCursor } from '@/lib/list-params';
import { cutPage } from '@/lib/page-cut';
import { onDays } from '@/server/db/days';
import { addressCondition } from '@/server/db/search';
import { empty, join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
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
  const inOrder = sql`ORDER BY e.created_at ${order}, e.id ${order}`;
  const read = await can.read<EmailRow>(sql`
    WITH ${pageOf(can, filter, inOrder)}
    SELECT ${columns} FROM page e LEFT JOIN organization o ON o.id = e.organization_id ${inOrder}`);
  const { rows, previous, next } = cutPage(read, emailPageSize, filter);
  return { rows, newer: timeCursor(previous), older: timeCursor(next) };
}

/** Beyond this many of the newest emails a search collects what its own index finds. */
const walkRows = 4_000;

/**
 * `page` has one row more than is shown. Whether matches of a search come early is not known beforehand: frequent ones do,
 * and rare ones are quickly collected.
 */
function pageOf(can: Can<'emails.read'>, filter: EmailFilter, inOrder: Sql): ScopedSql {
  const limit = sql`LIMIT ${emailPageSize + 1}::int`;
  const own = join([sql`true`, ...conditions(filter, can.timeZone)], ' AND ');
  const rows = sql`SELECT e.* FROM email e WHERE ${inView(can)} AND ${own} ${position(filter)}`;
  const searched = filter.recipient ? addressCondition(filter.recipient, sql`e.to_address`) : null;
  if (!searched) return sql`page AS (${rows} ${inOrder} ${limit})`;
  return sql`
    stretch AS MATERIALIZED (${rows} ${inOrder} LIMIT ${walkRows}::int),
    walked AS MATERIALIZED (SELECT e.* FROM stretch e WHERE ${searched} ${inOrder} ${limit}),
    verdict AS MATERIALIZED (
      SELECT (SELECT count(*) FROM walked) > ${emailPageSize}::int
          OR (SELECT count(*) FROM stretch) < ${walkRows}::int AS is_enough),
    collected AS MATERIALIZED (${rows} AND ${searched} AND NOT (SELECT is_enough FROM verdict)),
    page AS (
      SELECT e.* FROM (
        SELECT * FROM walked WHERE (SELECT is_enough FROM verdict) UNION ALL SELECT * FROM collected) e
       ${inOrder} ${limit})`;
}

function position({ before, after }: EmailFilter): Sql {
  if (before) return sql`AND (e.created_at, e.id) > (${before.at}::timestamptz, ${before.id}::uuid)`;
  return after ? sql`AND (e.created_at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : empty;
}

function conditions(filter: EmailFilter, timeZone: string): Sql[] {
  const list = onDays(sql`e.created_at`, filter, timeZone);
  if (filter.state) list.push(sql`e.state = ${filter.state}::email_state`);
  if (filter.template) list.push(sql`e.template = ${filter.template}`);
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
