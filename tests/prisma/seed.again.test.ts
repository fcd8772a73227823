import { ownDatabase } from '@tests/support/database';
import pg from 'pg';
import { expect, test } from 'vitest';
import { makeWorld } from '../../prisma/seed/world';

const first = await ownDatabase();
const second = await ownDatabase();

test('the same seed and size make the same rows, and another seed makes other rows', async () => {
  const [one, two] = [await fingerprint(first.ownerUrl, 5), await fingerprint(second.ownerUrl, 5)];
  expect(two).toEqual(one);
  const other = await ownDatabaseFingerprint(6);
  expect(other.people).not.toBe(one.people);
}, 60_000);

test('a seed that fails halfway leaves nothing behind', async () => {
  const broken = await ownDatabase();
  const client = new pg.Client({ connectionString: broken.ownerUrl });
  await client.connect();
  try {
    await client.query('ALTER TABLE audit_event ADD CONSTRAINT nothing CHECK (false) NOT VALID');
    await expect(makeWorld(client, { users: 200, seed: 1 })).rejects.toThrow(/nothing/);
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::int FROM "user") AS people, to_regclass('user_search_trgm') IS NOT NULL AS indexed`,
    );
    expect(rows).toEqual([{ people: 0, indexed: true }]);
  } finally {
    await client.end();
  }
}, 60_000);

async function ownDatabaseFingerprint(seed: number) {
  return fingerprint((await ownDatabase()).ownerUrl, seed);
}

async function fingerprint(url: string, seed: number) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const figures = await makeWorld(client, { users: 300, seed });
    const { rows } = await client.query<{ people: string; groups: string }>(
      `SELECT (SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM "user" u) AS people,
              (SELECT md5(string_agg(m.group_id || '/' || m.user_id, '|' ORDER BY group_id, user_id)) FROM group_member m) AS groups`,
    );
    return { ...figures, ...rows[0] };
  } finally {
    await client.end();
  }
}
