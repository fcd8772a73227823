import { emptyDatabase, endSessions, ownDatabase } from '@tests/support/database';
import { expect, test } from 'vitest';
import { createDb } from '@/server/db/client';
import { withClient } from '@/server/db/cluster';
import { roleSettingsProblem, saveRoleSettings } from '@/server/db/role-settings';

const { owner, url } = await ownDatabase();

const show = (name: string) =>
  withClient(url, async (client) => (await client.query(`SELECT current_setting('${name}') AS value`)).rows[0].value);

/** What a process finds that starts now. */
async function problemNow(stalledSeconds?: number) {
  await endSessions(url);
  const db = createDb(url, 1);
  const problem = await roleSettingsProblem(db, stalledSeconds);
  await db.$disconnect();
  return problem;
}

test('the role of the application brings its own settings, without the client asking for them', async () => {
  expect(await show('idle_in_transaction_session_timeout')).toBe('10s');
  expect(await show('client_connection_check_interval')).toBe('2s');
  expect(await problemNow()).toBeNull();
  const { rows } = await owner.query(`SELECT current_setting('idle_in_transaction_session_timeout') AS value`);
  expect(rows).toEqual([{ value: '0' }]);
});

test('they belong to one database', async () => {
  const other = await emptyDatabase();
  await withClient(other.url, async (client) => {
    const { rows } = await client.query(`SELECT current_setting('idle_in_transaction_session_timeout') AS value`);
    expect(rows).toEqual([{ value: '0' }]);
  });
});

test('a longer time than wanted, or none, is a problem that names the setting and the command', async () => {
  await saveRoleSettings(url, 3);
  expect(await problemNow()).toBeNull();
  expect(await problemNow(2)).toContain('idle_in_transaction_session_timeout');
  await withClient(url, (client) =>
    client.query(
      'DO $$ BEGIN EXECUTE format($x$ALTER ROLE CURRENT_USER IN DATABASE %I RESET ALL$x$, current_database()); END $$',
    ),
  );
  const problem = await problemNow();
  expect(problem).toMatch(/idle_in_transaction_session_timeout and client_connection_check_interval/);
  expect(problem).toContain('npm run rollcall -- prepare');
  await saveRoleSettings(url);
  expect(await problemNow()).toBeNull();
});

test('replicas that start together all succeed, and the settings are saved once', async () => {
  await Promise.all([7, 7, 7, 7, 7].map((seconds) => saveRoleSettings(url, seconds)));
  await endSessions(url);
  expect(await show('idle_in_transaction_session_timeout')).toBe('7s');
});

test('Postgres ends a transaction that stalls', async () => {
  await saveRoleSettings(url, 1);
  await endSessions(url);
  const db = createDb(url, 1);
  const stalled = db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1`;
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      await tx.$queryRaw`SELECT 1`;
    },
    { timeout: 10_000 },
  );
  await expect(stalled).rejects.toThrow();
  await db.$disconnect();
});
