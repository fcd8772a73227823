import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { writesOn } from '@/server/db/statements';
import '@/handlers';
import { deleteExpired, type ExpiredKind } from '@/features/retention/expired-records.service';
import { newId } from '@/lib/ids';
import { retention } from '@/lib/limits';
import { admit, deviceCounters, passwordHelpCounters, rememberDevice, signInCounters } from '@/server/auth/throttle';
import { makeTools } from '@/server/handle';
import { jobRegistry } from '@/server/job';
import { inUnit } from '@/server/unit';

const { db, owner } = await testDatabase();

const days = (ms: number) => ms / 86_400_000;
const clean = () => jobRegistry.get('records.clean')?.handle({});
const count = async (table: string) =>
  (await owner.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n as number;

/** A row of every kind, `extraDays` older than its retention, or younger if negative. */
async function makeRecords(userId: string, extraDays: number) {
  const hash = Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
  const ago = (ms: number) => `now() - interval '${days(ms) + extraDays} days'`;
  const links = ago(retention.linksMs);
  await owner.query(
    `INSERT INTO session (id, token_hash, user_id, created_at, expires_at, ended_at) VALUES ($1, $2, $3, now(), ${ago(retention.sessionsMs)}, NULL)`,
    [newId(), hash, userId],
  );
  await owner.query(`INSERT INTO password_reset (id, user_id, token_hash, expires_at) VALUES ($1, $2, $3, ${links})`, [
    newId(),
    userId,
    hash,
  ]);
  await owner.query(
    `INSERT INTO email_change (id, user_id, email, previous, token_hash, expires_at, ended_at, ended_as)
     VALUES ($1, $2, 'new@example.com', 'old@example.com', $3, ${links}, now(), 'confirmed')`,
    [newId(), userId, hash],
  );
  await owner.query(
    `INSERT INTO sign_in_attempt (id, at, email, user_id, result) VALUES ($1, ${ago(retention.signInAttemptsMs)}, 'a@example.com', $2, 'signed_in')`,
    [newId(), userId],
  );
  const { id: organizationId } = await makeOrganization(db);
  await owner.query(
    `INSERT INTO email_quota (organization_id, hour, reserved) VALUES ($1, ${ago(retention.emailQuotasMs)}, 1)`,
    [organizationId],
  );
  await owner.query(
    `INSERT INTO day_figure (organization_id, day, joined, signed_in) VALUES ($1, (${ago(retention.dayFiguresMs)})::date, 1, 1)`,
    [organizationId],
  );
  const planId = newId();
  await owner.query(
    `INSERT INTO plan (id, kind, state, created_by, finished_at) VALUES ($1, 'import', 'cancelled', $2, ${ago(retention.stagedRowsMs)})`,
    [planId, userId],
  );
  await owner.query(`INSERT INTO upload (plan_id, file_name, header) VALUES ($1, 'a.csv', '{email}')`, [planId]);
  await owner.query(
    `INSERT INTO upload_row (plan_id, n, fields) VALUES ($1, 1, '{a@example.com}'), ($1, 2, '{b@example.com}')`,
    [planId],
  );
}

const tables = [
  'session',
  'password_reset',
  'email_change',
  'sign_in_attempt',
  'email_quota',
  'day_figure',
  'upload_row',
];

test('expired records are deleted, others stay, and the audit log counts the deleted ones', async () => {
  const { id } = await makeUser(db);
  await makeRecords(id, 1);
  await makeRecords(id, -1);
  await clean();
  expect(await Promise.all(tables.map(count))).toEqual([1, 1, 1, 1, 1, 1, 2]);
  const [event, ...more] = await db.auditEvent.findMany({ where: { action: 'records.cleaned' } });
  expect(more).toEqual([]);
  const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event?.id ?? '' } });
  expect(detail.body).toEqual({
    after: {
      ...{ sessions: 1, passwordResets: 1, addressChanges: 1, signInAttempts: 1, emailQuotas: 1, dayFigures: 1 },
      stagedRows: 2,
    },
  });
  await clean();
  expect(await db.auditEvent.count({ where: { action: 'records.cleaned' } })).toBe(1);
});

test('rows of unfinished imports are kept, however old', async () => {
  const { id } = await makeUser(db);
  await makeRecords(id, 1);
  for (const state of ['preparing', 'ready', 'applying']) {
    await owner.query(`UPDATE plan SET state = $1::plan_state`, [state]);
    await clean();
    expect(await count('upload_row')).toBe(2);
  }
});

test('counters are deleted once their window is over: an hour for most, a year for devices and rows of failures', async () => {
  const account = signInCounters('a@example.com', '192.0.2.1');
  await admit(writesOn(db), [account.source, ...account.account]);
  await admit(writesOn(db), Object.values(passwordHelpCounters('a@example.com', '192.0.2.1')));
  await rememberDevice(db, deviceCounters('a@example.com', 'device'));
  await owner.query(`UPDATE throttle SET window_start = now() - interval '59 minutes'`);
  await clean();
  expect(await count('throttle')).toBe(6);
  await owner.query(`UPDATE throttle SET window_start = now() - interval '2 hours'`);
  await owner.query(
    `UPDATE throttle SET blocked_until = now() + interval '1 minute' WHERE key LIKE 'password-help-source:%'`,
  );
  await clean();
  const left = async () =>
    (await owner.query(`SELECT split_part(key, ':', 1) AS kind FROM throttle ORDER BY 1`)).rows.map((row) => row.kind);
  expect(await left()).toEqual(['password-help-source', 'sign-in-device', 'sign-in-row']);
  await owner.query(`UPDATE throttle SET window_start = now() - interval '366 days', blocked_until = NULL`);
  await clean();
  expect(await left()).toEqual([]);
});

test('batches are limited, and each kind is found through an index', async () => {
  const { id } = await makeUser(db);
  for (let n = 0; n < 3; n += 1) await makeRecords(id, 1);
  const request = { id: newId(), ip: null, userAgent: null, path: 'job:test' };
  const deleteTwo = (name: ExpiredKind) =>
    inUnit((tx, ledger) => deleteExpired(makeTools(tx, { kind: 'system', id: null }, request, ledger), name, 2), {
      client: db,
      exempt: true,
    });
  expect(await deleteTwo('sessions')).toBe(2);
  expect(await deleteTwo('sessions')).toBe(1);
  expect(await deleteTwo('stagedRows')).toBe(2);
  const client = await owner.connect();
  await client.query('SET enable_seqscan = off');
  const conditions = {
    session: `expires_at < now() - interval '90 days'`,
    password_reset: `expires_at < now() - interval '30 days'`,
    email_change: `expires_at < now() - interval '30 days'`,
    sign_in_attempt: `at < now() - interval '400 days'`,
    day_figure: `day < (now() - interval '62 days')::date`,
    email_quota: `hour < now() - interval '1 day'`,
    throttle: `window_start < now() - interval '1 hour'`,
  };
  for (const [table, condition] of Object.entries(conditions)) {
    const plan = await client.query(`EXPLAIN SELECT 1 FROM ${table} WHERE ${condition} LIMIT 5000`);
    const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(text, table).toMatch(/(Index Cond|Index Only Scan|Index Scan)/);
  }
  client.release(true);
});
