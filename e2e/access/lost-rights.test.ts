import { expect, inject, test } from 'vitest';
import { call, callAction } from './support/call';
import { resetRows, sql, watchRows } from './support/rows';

const world = inject('world');
watchRows();

const { cookie, id } = world.people['system admin'];
const open = async () => (await call('/roles', { cookie })).status;
const invite = () =>
  callAction(
    'user.invite',
    { email: 'late@example.org', firstName: 'Too', lastName: 'Late', organization: '' },
    { cookie },
  );

/** Each acts on the very next request: permissions are read from the database every time. */
test.each([
  ['demoted', `DELETE FROM user_role WHERE user_id = $1`, 403],
  ['suspended', `UPDATE "user" SET status = 'inactive' WHERE id = $1`, 307],
  [
    'archived',
    `UPDATE "user" SET status = 'archived', archived_at = now(), archived_status = 'active' WHERE id = $1`,
    307,
  ],
  ['signed out elsewhere', `UPDATE session SET ended_at = now(), ended_as = 'revoked' WHERE user_id = $1`, 307],
  ['told to change the password', `UPDATE credential SET must_change = true WHERE user_id = $1`, 307],
  ['idle', `UPDATE session SET last_seen_at = now() - interval '61 minutes' WHERE user_id = $1`, 307],
  ['over age', `UPDATE session SET expires_at = now() WHERE user_id = $1`, 307],
])('who is %s is out at the next request', async (_what, statement, status) => {
  await resetRows();
  expect(await open()).toBe(200);
  await sql(statement, [id]);
  expect(await open()).toBe(status);
  const answer = await invite();
  expect(answer.outcome).toBe('refused');
  expect(await sql(`SELECT 1 FROM "user" WHERE email = 'late@example.org'`)).toEqual([]);
});

test('roles held in an organization count for nothing while it is inactive', async () => {
  await resetRows();
  const admin = world.people['org admin A'];
  expect((await call('/roles', { cookie: admin.cookie })).status).toBe(200);
  await sql(`UPDATE organization SET status = 'inactive' WHERE id = $1`, [world.organizations.a]);
  expect((await call('/roles', { cookie: admin.cookie })).status).toBe(403);
});
