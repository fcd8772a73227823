import { readFile } from 'node:fs/promises';
import { emptyDatabase, ownDatabase } from '@tests/support/database';
import { getConstructionPlans } from 'pg-boss';
import { expect, test } from 'vitest';
import { assertAppRoleIsHarmless, grantApplicationRole } from '@/server/db/application-role';
import { withClient } from '@/server/db/cluster';
import { indexesWrittenByHand, migrate, migrationScript, roleOf } from '@/server/db/migrate';

const { owner, url, ownerUrl } = await ownDatabase();

test('schema and migrations agree', async () => {
  const shadow = await emptyDatabase();
  expect(await migrationScript(shadow.ownerUrl)).toBe('');
});

test('renamed permissions stay granted to their roles', async () => {
  await owner.query(`INSERT INTO permission (key, application, area, description, scoped)
    VALUES ('users.suspend', 'rollcall', 'People', 'Suspend', true)`);
  const { rows: roles } = await owner.query(`INSERT INTO role (id, key, name, description, built_in, scope)
    VALUES (gen_random_uuid(), 'front-desk', 'Front desk', '', false, 'organization') RETURNING id`);
  const [{ id }] = roles;
  await owner.query(`INSERT INTO role_permission VALUES ($1, 'users.suspend')`, [id]);
  const folder = 'prisma/migrations/20261129000100_permission_names';
  await owner.query(await readFile(`${folder}/migration.sql`, 'utf8'));
  const { rows } = await owner.query('SELECT permission FROM role_permission WHERE role_id = $1', [id]);
  expect(rows).toEqual([{ permission: 'users.deactivate' }]);
});

test('the indexes written by hand exist', async () => {
  const { rows } = await owner.query('SELECT indexname FROM pg_indexes WHERE indexname = ANY ($1) ORDER BY 1', [
    indexesWrittenByHand,
  ]);
  expect(rows.map((row) => row.indexname)).toEqual(indexesWrittenByHand.toSorted());
});

test('the migrations are recorded as prisma migrate deploy records them', async () => {
  const { rows } = await owner.query('SELECT * FROM _prisma_migrations ORDER BY migration_name');
  expect(rows.length).toBeGreaterThanOrEqual(2);
  for (const row of rows) {
    expect(row.finished_at).toBeInstanceOf(Date);
    expect(row.rolled_back_at).toBeNull();
    expect(row.checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(row.applied_steps_count).toBe(1);
  }
});

test('two replicas that start together migrate once', async () => {
  const { ownerUrl: fresh, url: application } = await emptyDatabase();
  const start = () => migrate({ url: fresh, applicationRole: roleOf(application) });
  const applied = await Promise.all([start(), start(), start()]);
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  await assertAppRoleIsHarmless(application);
});

test('the queue schema in the database matches the installed version', async () => {
  const installed = /INSERT INTO pgboss\.version\(version\) VALUES \('(\d+)'\)/.exec(
    getConstructionPlans('pgboss'),
  )?.[1];
  const { rows } = await owner.query('SELECT version::text FROM pgboss.version');
  expect(rows).toEqual([{ version: installed }]);
});

test.each([
  ['UPDATE audit_event SET action = action', '42501'],
  ['DELETE FROM audit_detail', '42501'],
  ['TRUNCATE audit_seal', '42501'],
  ['UPDATE _prisma_migrations SET checksum = checksum', '42501'],
  ['CREATE TABLE anything (id int)', '42501'],
  ['ALTER TABLE audit_event DISABLE TRIGGER ALL', '42501'],
  ['CREATE ROLE somebody', '42501'],
])('the application may not %s', async (statement, code) => {
  await withClient(url, (client) => expect(client.query(statement)).rejects.toMatchObject({ code }));
});

test('a role that could rewrite the audit log is refused by name', async () => {
  await assertAppRoleIsHarmless(url);
  await expect(assertAppRoleIsHarmless(ownerUrl)).rejects.toThrow(/it owns public\.audit_event/);
  await owner.query(`GRANT UPDATE (action) ON audit_event TO ${roleOf(url)}`);
  await expect(assertAppRoleIsHarmless(url)).rejects.toThrow('it may update rows of audit_event');
  await withClient(ownerUrl, (client) => grantApplicationRole(client, roleOf(url)));
  await assertAppRoleIsHarmless(url);
});

test('one role for both is refused', async () => {
  await expect(migrate({ url: ownerUrl, applicationRole: roleOf(ownerUrl) })).rejects.toThrow(/a role of its own/);
});
