import { retention } from '@/lib/limits';
import { isOutOfWindow } from '@/server/auth/throttle';
import { type Sql, sql } from '@/server/db/sql';
import type { SystemTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';

const nightly = unscoped('a job of the system: all expired records');

const { sessionsMs, linksMs, signInAttemptsMs, emailQuotasMs, dayFiguresMs, stagedRowsMs } = retention;

const longAgo = (ms: number): Sql => sql`app_now() - make_interval(secs => ${ms / 1000}::float8)`;

const expired = {
  // However a session ended, it ended before its expiry, so the expiry alone decides.
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
  emailQuotas: {
    from: sql`email_quota`,
    key: sql`(organization_id, hour)`,
    rows: sql`SELECT organization_id, hour FROM email_quota WHERE hour < ${longAgo(emailQuotasMs)}`,
  },
  dayFigures: {
    from: sql`day_figure`,
    key: sql`(organization_id, day)`,
    rows: sql`SELECT f.organization_id, f.day FROM day_figure f WHERE f.day < (${longAgo(dayFiguresMs)})::date`,
  },
  stagedRows: {
    from: sql`upload_row`,
    key: sql`(plan_id, n)`,
    rows: sql`
      SELECT r.plan_id, r.n FROM plan p JOIN upload_row r ON r.plan_id = p.id
       WHERE p.state IN ('cancelled', 'done', 'failed') AND p.finished_at < ${longAgo(stagedRowsMs)}`,
  },
} satisfies Record<string, { from: Sql; key: Sql; rows: Sql }>;

export type ExpiredKind = keyof typeof expired;
export const expiredKinds = Object.keys(expired) as ExpiredKind[];

/** Deletes at most `limit` rows of one kind and returns how many. Skips rows that another worker has locked. */
export async function deleteExpired(work: SystemWork, name: ExpiredKind, limit: number): Promise<number> {
  const { from, key, rows } = expired[name];
  const locked = name === 'stagedRows' ? sql`FOR UPDATE OF r SKIP LOCKED` : sql`FOR UPDATE SKIP LOCKED`;
  // MATERIALIZED evaluates the limit once. Postgres 15 may run a subquery inside IN again for every row.
  return work.write(
    nightly,
    sql`
      WITH doomed AS MATERIALIZED (${rows} LIMIT ${limit}::int ${locked})
      DELETE FROM ${from} WHERE ${key} IN (SELECT * FROM doomed)`,
  );
}

/** Some of the deleted rows are evidence, so the audit log records how many were deleted. */
export async function recordDeletion(work: SystemWork, deleted: Partial<Record<ExpiredKind, number>>) {
  await work.audit({ action: 'records.cleaned', subject: { type: 'system', id: null }, after: { ...deleted } });
}

/** In small transactions. An interrupted run continues the next night. */
export async function cleanRecords({ unit }: SystemTools) {
  const deleted: Partial<Record<ExpiredKind, number>> = {};
  for (const name of expiredKinds) {
    const count = await deleteAll(unit, name);
    if (count > 0) deleted[name] = count;
  }
  if (Object.keys(deleted).length > 0) await unit((work) => recordDeletion(work, deleted));
}

async function deleteAll(unit: SystemTools['unit'], name: ExpiredKind): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < retention.batchesPerRun; batch += 1) {
    const count = await unit((work) => deleteExpired(work, name, retention.batch));
    total += count;
    if (count < retention.batch) break;
  }
  return total;
}
