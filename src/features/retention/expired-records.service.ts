import { retention } from '@/lib/limits';
import { isOutOfWindow } from '@/server/auth/throttle';
import { type Sql, sql } from '@/server/db/sql';
import type { SystemWork } from '@/server/work';

const { sessionsMs, linksMs, signInAttemptsMs, stagedRowsMs } = retention;

const longAgo = (ms: number): Sql => sql`app_now() - make_interval(secs => ${ms / 1000}::float8)`;

/** What is deleted, by name: a table's key, and the rows that have served their time, oldest first. */
const leftovers = {
  // However a session ended, it ended before it would have run out.
  sessions: {
    from: sql`session`,
    key: sql`id`,
    rows: sql`SELECT id FROM session WHERE expires_at < ${longAgo(sessionsMs)}`,
  },
  passwordResets: {
    from: sql`password_reset`,
    key: sql`id`,
    rows: sql`SELECT id FROM password_reset WHERE expires_at < ${longAgo(linksMs)}`,
  },
  addressChanges: {
    from: sql`email_change`,
    key: sql`id`,
    rows: sql`SELECT id FROM email_change WHERE expires_at < ${longAgo(linksMs)}`,
  },
  signInAttempts: {
    from: sql`sign_in_attempt`,
    key: sql`id`,
    rows: sql`SELECT id FROM sign_in_attempt WHERE at < ${longAgo(signInAttemptsMs)}`,
  },
  counters: { from: sql`throttle`, key: sql`key`, rows: sql`SELECT key FROM throttle WHERE ${isOutOfWindow}` },
  stagedRows: {
    from: sql`upload_row`,
    key: sql`(plan_id, n)`,
    rows: sql`
      SELECT r.plan_id, r.n FROM plan p JOIN upload_row r ON r.plan_id = p.id
       WHERE p.state IN ('cancelled', 'done', 'failed') AND p.finished_at < ${longAgo(stagedRowsMs)}`,
  },
} satisfies Record<string, { from: Sql; key: Sql; rows: Sql }>;

export type Leftover = keyof typeof leftovers;
export const leftoverNames = Object.keys(leftovers) as Leftover[];

/** Deletes some of one kind, `limit` at most; answers how many. What another worker is at is left to it. */
export async function deleteLeftovers(work: SystemWork, name: Leftover, limit: number): Promise<number> {
  const { from, key, rows } = leftovers[name];
  const locked = name === 'stagedRows' ? sql`FOR UPDATE OF r SKIP LOCKED` : sql`FOR UPDATE SKIP LOCKED`;
  // The limit holds only for what is evaluated once: a subquery inside IN may be for every row (Postgres 15 does it).
  return work.db.$executeRaw`
    WITH doomed AS MATERIALIZED (${rows} LIMIT ${limit}::int ${locked})
    DELETE FROM ${from} WHERE ${key} IN (SELECT * FROM doomed)`;
}

/** Evidence goes here too, so the log tells that it went and how much it was. */
export async function noteCleaning(work: SystemWork, deleted: Partial<Record<Leftover, number>>) {
  await work.audit({ action: 'records.cleaned', subject: { type: 'system', id: null }, after: { ...deleted } });
}
