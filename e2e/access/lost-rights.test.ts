import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { type ActionPolicy, actions } from './policy';
import { call, callAction } from './support/call';
import { goodForm } from './support/cases';
import { denialsOf, resetRows, sql, watchRows } from './support/rows';

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

/** Each takes effect at the next request, because permissions are read from the database every time. */
test.each([
  ['demoted', `DELETE FROM user_role WHERE user_id = $1`, 403],
  ['deactivated', `UPDATE "user" SET status = 'inactive' WHERE id = $1`, 307],
  [
    'archived',
    `UPDATE "user" SET status = 'archived', archived_at = now(), archived_status = 'active' WHERE id = $1`,
    307,
  ],
  ['signed out elsewhere', `UPDATE session SET ended_at = now(), ended_as = 'revoked' WHERE user_id = $1`, 307],
  ['required to change the password', `UPDATE credential SET must_change = true WHERE user_id = $1`, 307],
  ['idle', `UPDATE session SET last_seen_at = now() - interval '61 minutes' WHERE user_id = $1`, 307],
  ['over age', `UPDATE session SET expires_at = now() WHERE user_id = $1`, 307],
])('a person who is %s is refused at the next request', async (_what, statement, status) => {
  await resetRows();
  expect(await open()).toBe(200);
  await sql(statement, [id]);
  expect(await open()).toBe(status);
  const answer = await invite();
  expect(answer.outcome).toBe('refused');
  expect(await sql(`SELECT 1 FROM "user" WHERE email = 'late@example.org'`)).toEqual([]);
});

/** Another transaction locks the person, so the action waits for it. */
test('an action fails when its actor loses the right while it waits for a lock', async () => {
  await resetRows();
  const target = world.people.member.id;
  const other = new pg.Client({ connectionString: inject('access').superuserUrl });
  await other.connect();
  await other.query('BEGIN');
  await other.query('SELECT 1 FROM "user" WHERE id = $1 FOR UPDATE', [target]);
  const deactivation = callAction('user.deactivate', { id: target, reason: '', until: '' }, { cookie });
  while ((await sql(`SELECT 1 FROM pg_locks WHERE NOT granted`)).length === 0) await sleep(50);
  await other.query('DELETE FROM user_role WHERE user_id = $1', [id]);
  await other.query('COMMIT');
  await other.end();
  expect((await deactivation).outcome).toBe('refused');
  expect(await sql(`SELECT status FROM "user" WHERE id = $1`, [target])).toEqual([{ status: 'active' }]);
  expect(await denialsOf(id)).toBe(1);
});

test('roles in an organization grant nothing while it is inactive', async () => {
  await resetRows();
  const admin = world.people['org admin A'];
  expect((await call('/roles', { cookie: admin.cookie })).status).toBe(200);
  await sql(`UPDATE organization SET status = 'inactive' WHERE id = $1`, [world.organizations.a]);
  expect((await call('/roles', { cookie: admin.cookie })).status).toBe(403);
});

/** A link is opened in whatever browser is at hand, perhaps in one where somebody else is signed in. */
test.each([
  ['accepting an invitation', 'invitation.accept', 'invitation link'],
  ['resetting a password', 'password.reset', 'reset link'],
] as const)('ASVS 7.2.4: %s ends the session that the browser presented', async (_what, name, of) => {
  await resetRows();
  const link = world.targets[of].find(({ state }) => state === 'open');
  if (!link) throw new Error(`There is no open ${of}.`);
  const answer = await callAction(name, goodForm(actions[name] as ActionPolicy, link), { cookie });
  expect(answer.outcome).not.toBe('refused');
  expect(await open()).toBe(307);
  expect(await sql(`SELECT ended_as FROM session WHERE user_id = $1 AND ended_at IS NOT NULL`, [id])).toEqual([
    { ended_as: 'signed_out' },
  ]);
});
