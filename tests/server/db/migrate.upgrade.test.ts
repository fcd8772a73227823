import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDatabase } from '@tests/support/database';
import { expect, onTestFinished, test } from 'vitest';
import { newId } from '@/lib/ids';
import { withClient } from '@/server/db/cluster';
import { migrate, roleOf } from '@/server/db/migrate';

test('teams survive new keys, keys and searches are rewritten, and others go on meanwhile', async () => {
  const { url, ownerUrl } = await emptyDatabase();
  const applicationRole = roleOf(url);
  await migrate({ url: ownerUrl, applicationRole, directory: await migrationsBefore('20261130000100') });
  const [organization, user, team] = [newId(), newId(), newId()];
  await withClient(url, async (client) => {
    await client.query(`INSERT INTO organization (id, name, slug) VALUES ('${organization}', 'House', 'house')`);
    await client.query(`INSERT INTO "user" (id, email, first_name, last_name, phone, status)
      VALUES ('${user}', 'ada@example.org', 'Οδυσσεύς', 'Adams', '+442079460000', 'active')`);
    for (const name of ['Δρόμος', 'ΔΡΟΜΟΣ']) {
      await client.query(`INSERT INTO "group" (id, name) VALUES ('${newId()}', '${name}')`);
    }
    await client.query(`INSERT INTO membership (user_id, organization_id, email, sort_name, search, first_key, last_key, status, created_at)
      SELECT id, '${organization}', email, sort_name, search, first_key, last_key, status, created_at FROM "user"`);
    await client.query(`INSERT INTO team (id, organization_id, name) VALUES ('${team}', '${organization}', 'North')`);
    await client.query(`INSERT INTO team_member (team_id, organization_id, user_id, role)
      VALUES ('${team}', '${organization}', '${user}', 'lead')`);
  });

  await withClient(url, (reader) =>
    withClient(url, async (writer) => {
      await reader.query('BEGIN');
      await reader.query('SELECT count(*) FROM "user"');
      const migrated = migrate({ url: ownerUrl, applicationRole });
      // The long reader must not make others wait for it.
      for (let round = 0; round < 15; round += 1) {
        const startedAt = Date.now();
        await writer.query('UPDATE "user" SET last_activity_at = app_now()');
        expect(Date.now() - startedAt).toBeLessThan(1_500);
        await sleep(100);
      }
      await reader.query('COMMIT');
      expect(await migrated).toContain('20261130000100_teams_and_foreign_keys');
    }),
  );

  await withClient(ownerUrl, async (client) => {
    const { rows: members } = await client.query(
      'SELECT t.name, m.user_id, m.role FROM team_member m JOIN team t ON (t.organization_id, t.id) = (m.organization_id, m.team_id)',
    );
    expect(members).toEqual([{ name: 'North', user_id: user, role: 'lead' }]);
    const { rows: copies } = await client.query(
      `SELECT m.first_key, m.search = u.search AND m.first_key = u.first_key AND m.sort_name = u.sort_name AS same,
              u.search LIKE '%' || searchable(fold('ΟΔΥΣΣΕΥΣ Adams ada@')) || '%' AS "asBefore",
              u.search LIKE '%' || phone_letters('79460') || '%' AS phone
         FROM membership m JOIN "user" u ON u.id = m.user_id`,
    );
    expect(copies).toEqual([{ first_key: 'οδυσσευσ', same: true, asBefore: true, phone: true }]);
    const { rows: groups } = await client.query('SELECT name, name_key = fold(name) AS fresh FROM "group" ORDER BY id');
    expect(groups).toMatchObject([{ name: 'Δρόμος' }, { name: expect.stringMatching(/^ΔΡΟΜΟΣ \([0-9a-f]{6}\)$/) }]);
    expect(groups.every(({ fresh }) => fresh)).toBe(true);
    const { rows: keys } = await client.query(
      `SELECT conname, confupdtype::text AS update, convalidated FROM pg_constraint
        WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
    );
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => key.update !== 'a' || !key.convalidated)).toEqual([]);
    await expect(client.query(`UPDATE "user" SET id = gen_random_uuid()`)).rejects.toMatchObject({ code: '23503' });
    await client.query('DELETE FROM organization');
    expect((await client.query('SELECT FROM team_member')).rowCount).toBe(0);
  });
});

async function migrationsBefore(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollcall-earlier-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp('prisma/migrations', path.join(folder, 'migrations'), { recursive: true });
  for (const each of await readdir(path.join(folder, 'migrations'))) {
    if (/^\d/.test(each) && each >= name) await rm(path.join(folder, 'migrations', each), { recursive: true });
  }
  return folder;
}
