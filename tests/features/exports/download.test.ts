import { once } from 'node:events';
import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { peopleListing } from '@/features/exports/users.queries';
import { exportLimits } from '@/lib/limits';
import { exported, fileOf, overSocket } from './exports.support';

const { db, owner } = await testDatabase();

const form = { fields: ['email', 'extension', 'roles'] };

/** People with an extension as long as a page, so that few of them make a file of many megabytes. */
async function makeMany(count: number) {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  await db.$executeRaw`
    INSERT INTO "user" (id, email, first_name, extension, status)
    SELECT gen_random_uuid(), 'crowd' || n || '@many.example', 'Many', repeat('5', 8000), 'active'
      FROM generate_series(1, ${count}::int) n`;
  return admin;
}

async function traces() {
  const { rows } = await owner.query<{ action: string; after: Record<string, unknown>; subject_id: string }>(
    `SELECT e.action, e.subject_id, d.body->'after' AS after FROM audit_event e JOIN audit_detail d ON d.event_id = e.id
      WHERE e.subject_type = 'export' ORDER BY e.seq`,
  );
  return rows;
}

/** The running exports in Postgres. Only their own role can see what its connections do. */
const running = () =>
  db.$queryRaw<{ wait: string | null }[]>`
    SELECT wait_event AS wait FROM pg_stat_activity WHERE application_name = 'rollcall export'`;

test('an export is audited before the first byte, and its end in a second event', async () => {
  const admin = await makeMany(3);
  const answer = await exported(db, admin.id, peopleListing, { ...form, params: { q: 'crowd', status: 'active' } });
  expect(await traces()).toMatchObject([
    {
      action: 'users.exported',
      after: { fields: form.fields, format: 'csv', filter: { q: ['crowd'], status: ['active'] } },
    },
  ]);
  const file = await answer.text();
  const [begun, ended] = await traces();
  expect(ended).toMatchObject({
    action: 'users.export_ended',
    subject_id: begun?.subject_id,
    after: { end: 'whole', rows: 3, bytes: file.length },
  });
});

test('an export of one organization is audited in that organization', async () => {
  const lead = await makeMember(db, { roles: ['org-admin'] });
  await fileOf(db, lead.id, peopleListing, form);
  const events = await db.auditEvent.findMany({ where: { subjectType: 'export' } });
  expect(events.map(({ organizationId }) => organizationId)).toEqual([lead.organizationId, lead.organizationId]);
});

test('a slow client pauses the query, and a client that leaves ends it', async () => {
  const admin = await makeMany(5_000);
  const { incoming, close } = await overSocket(
    await exported(db, admin.id, peopleListing, { ...form, fields: ['email', 'extension'] }),
  );
  await once(incoming, 'readable');
  incoming.read(1000);
  // The client stops reading, so the sockets fill and the query pauses instead of filling our memory.
  await expect.poll(running, { timeout: 10_000 }).toEqual([{ wait: 'ClientWrite' }]);
  incoming.destroy();
  await expect.poll(running, { timeout: 10_000 }).toEqual([]);
  await expect.poll(async () => (await traces()).length).toBe(2);
  const [, ended] = await traces();
  expect(ended?.after).toMatchObject({ end: 'left' });
  // Only as much of the forty megabytes as the sockets of both sides can buffer, which the kernel limits.
  expect(ended?.after.bytes).toBeLessThan(20_000_000);
  await close();
});

test('a broken export cuts the connection, so the file never looks complete', async () => {
  const admin = await makeMany(5_000);
  const { incoming, close } = await overSocket(
    await exported(db, admin.id, peopleListing, { ...form, fields: ['email', 'extension'] }),
  );
  await once(incoming, 'readable');
  await db.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rollcall export'`;
  const failure = await new Promise((resolve) => {
    incoming.on('error', resolve);
    incoming.on('end', () => resolve('whole'));
    incoming.resume();
  });
  expect(failure).toMatchObject({ code: 'ECONNRESET' });
  expect(incoming.complete).toBe(false);
  await expect.poll(async () => (await traces())[1]?.after).toMatchObject({ end: 'broken' });
  await close();
});

test('exports have an hourly limit, and refused exports leave no audit event', async () => {
  const admin = await makeMany(1);
  await db.$executeRaw`
    INSERT INTO audit_event (id, action, actor_kind, actor_id, subject_type, detail_hash)
    SELECT gen_random_uuid(), 'users.exported', 'user', ${admin.id}::uuid, 'export', '\\x00'
      FROM generate_series(1, ${exportLimits.perHourPerPerson}::int)`;
  await expect(exported(db, admin.id, peopleListing, form)).rejects.toMatchObject({ code: 'too_many', field: 'often' });
  await expect(exported(db, admin.id, peopleListing, { fields: ['password_hash'] })).rejects.toMatchObject({
    code: 'input',
  });
  await expect(exported(db, admin.id, peopleListing, { ...form, format: 'xlsx' })).rejects.toMatchObject({
    code: 'input',
  });
  expect(await traces()).toEqual([]);
});
