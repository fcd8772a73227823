import { ownDatabase } from '@tests/support/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detailHash } from '@/server/audit-chain/hashes';
import type { Figures } from '../../prisma/seed/ground';
import { refusal } from '../../prisma/seed/guard';
import { organizationName } from '../../prisma/seed/names';
import { organizationSizes } from '../../prisma/seed/organizations';
import { makeWorld } from '../../prisma/seed/world';

const users = 2_000;
const { ownerUrl } = await ownDatabase();
const client = new pg.Client({ connectionString: ownerUrl });
let figures: Figures;
let before: string[];

const count = async (sql: string) =>
  Number((await client.query<{ count: string }>(`SELECT count(*) FROM ${sql}`)).rows[0]?.count);
const definitions = async () => {
  const { rows } = await client.query<{ definition: string }>(
    `SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return rows.map((row) => row.definition);
};

beforeAll(async () => {
  await client.connect();
  before = await definitions();
  figures = await makeWorld(client, { users, seed: 1 });
}, 60_000);
afterAll(() => client.end());

describe('a seeded database', () => {
  test('has exactly the requested people, and the seed reports what it wrote', async () => {
    expect(await count('"user"')).toBe(users);
    expect(figures).toMatchObject({ people: users, organizations: 20, 'audit events': 5 * users });
    expect(figures.memberships).toBe(await count('membership'));
  });

  test('has every index and constraint back', async () => {
    expect(before.length).toBeGreaterThan(100);
    expect(await definitions()).toEqual(before);
  });

  test('has 4 % invited, 8 % inactive and 3 % archived people', async () => {
    const share = async (status: string) => (await count(`"user" WHERE status = '${status}'`)) / users;
    expect(await share('invited')).toBeCloseTo(0.04, 1.5);
    expect(await share('inactive')).toBeCloseTo(0.08, 1.5);
    expect(await share('archived')).toBeCloseTo(0.03, 1.5);
    expect(await count(`"user" WHERE status = 'invited' AND last_sign_in_at IS NOT NULL`)).toBe(0);
    expect(await count(`"user" WHERE last_sign_in_at IS NULL AND status <> 'invited'`)).toBeGreaterThan(users / 20);
  });

  test('has dates in an order that can happen', async () => {
    const wrong = `"user" WHERE created_at > app_now() OR activated_at < created_at OR last_sign_in_at < activated_at
      OR last_activity_at < last_sign_in_at OR last_activity_at > app_now() OR archived_at < created_at`;
    expect(await count(wrong)).toBe(0);
    expect(
      await count('membership m JOIN organization o ON o.id = m.organization_id AND m.joined_at < o.created_at'),
    ).toBe(0);
  });

  test('is skewed: a twentieth in one organization, half in one group, nine in ten with one role', async () => {
    const { rows } = await client.query<{ size: string }>(
      `SELECT count(*) AS size FROM (
         SELECT organization_id FROM membership UNION ALL
         SELECT organization_id FROM invitation WHERE state IN ('open', 'expired') AND organization_id IS NOT NULL) p
        GROUP BY organization_id ORDER BY 1 DESC LIMIT 1`,
    );
    expect(Number(rows[0]?.size)).toBeGreaterThanOrEqual(users / 20);
    expect(await count(`group_member gm JOIN "group" g ON g.id = gm.group_id AND g.name = 'Everyday learners'`)).toBe(
      users / 2,
    );
    const members = await count(`user_role ur JOIN role r ON r.id = ur.role_id AND r.key = 'member'`);
    expect(members / users).toBeCloseTo(0.9, 1.5);
    expect(await count('group_member')).toBeGreaterThan(2 * users);
    expect(await count(`user_role ur JOIN role r ON r.id = ur.role_id AND r.key = 'auditor'`)).toBeGreaterThan(0);
  });

  test("copies the person's columns into each membership", async () => {
    const differing = `membership m JOIN "user" u ON u.id = m.user_id
      WHERE (m.email, m.sort_name, m.search, m.first_key, m.last_key, m.status, m.created_at, m.last_sign_in_at, m.last_activity_at)
        IS DISTINCT FROM (u.email, u.sort_name, u.search, u.first_key, u.last_key, u.status, u.created_at, u.last_sign_in_at, u.last_activity_at)`;
    expect(await count('membership')).toBeGreaterThan(users / 4);
    expect(await count(differing)).toBe(0);
  });

  test('lets nobody sign in: no password, no System Admin, no live session, no mail to send', async () => {
    expect(await count('credential')).toBe(0);
    expect(await count(`user_role ur JOIN role r ON r.id = ur.role_id AND r.key = 'system-admin'`)).toBe(0);
    expect(await count('session WHERE ended_at IS NULL')).toBe(0);
    expect(await count('session')).toBeGreaterThan(0);
    expect(await count(`email WHERE state NOT IN ('sent', 'failed')`)).toBe(0);
    expect(await count(`"user" WHERE email NOT LIKE '%.example'`)).toBe(0);
  });

  test('has no member who has not accepted yet', async () => {
    expect(await count(`membership WHERE status = 'invited'`)).toBe(0);
  });

  test('has an invitation in every state, and an open or expired one for every invited person', async () => {
    for (const state of ['open', 'accepted', 'cancelled', 'expired']) {
      expect(await count(`invitation WHERE state = '${state}'`), state).toBeGreaterThan(0);
    }
    const without = `"user" u WHERE status = 'invited' AND NOT EXISTS
      (SELECT FROM invitation i WHERE i.user_id = u.id AND i.state IN ('open', 'expired'))`;
    expect(await count(without)).toBe(0);
    expect(await count(`invitation WHERE state = 'open' AND expires_at < app_now()`)).toBe(0);
  });

  test('grants roles only where their scope allows it', async () => {
    expect(await count(`user_role ur JOIN role r ON r.id = ur.role_id AND r.scope = 'organization'`)).toBe(0);
    expect(await count(`membership_role mr JOIN role r ON r.id = mr.role_id AND r.scope = 'platform'`)).toBe(0);
  });

  test('has audit events in time order, and their details verify', async () => {
    expect(await count('(SELECT at < lag(at) OVER (ORDER BY seq) AS back FROM audit_event) e WHERE back')).toBe(0);
    const { rows } = await client.query<{ detail_hash: Buffer; salt: Buffer; person_id: string; body: unknown }>(
      'SELECT e.detail_hash, d.salt, d.person_id, d.body FROM audit_event e JOIN audit_detail d ON d.event_id = e.id',
    );
    expect(rows.length).toBeGreaterThan(100);
    const unproven = rows.filter(
      (row) => row.detail_hash.toString('hex') !== detailHash(row.salt, row.person_id, row.body),
    );
    expect(unproven).toEqual([]);
  });

  test('is not seeded a second time', async () => {
    expect(await refusal(client, false)).toContain('seeded already');
  });
});

describe('sizes and names', () => {
  test('a million people get 10,000 organizations: one of 50,000, one of exactly 100, thousands of about 100', () => {
    const sizes = organizationSizes(1_000_000);
    expect(sizes).toHaveLength(10_000);
    expect(sizes.slice(0, 2)).toEqual([50_000, 100]);
    expect(sizes.filter((size) => size >= 85 && size <= 115).length).toBeGreaterThan(3_000);
    expect(Math.min(...sizes)).toBeLessThan(10);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
  });

  test('ten thousand organizations have ten thousand different names', () => {
    expect(new Set(Array.from({ length: 10_000 }, (_, k) => organizationName(k))).size).toBe(10_000);
  });
});

describe('seeding refuses', () => {
  test('a production database', async () => {
    expect(await refusal(client, true)).toContain('production');
  });

  test('a database with an address that may be real', async () => {
    await client.query(
      `INSERT INTO "user" (id, email, status) VALUES (gen_random_uuid(), 'somebody@company.com', 'active')`,
    );
    expect(await refusal(client, false)).toContain('may be real');
  });
});
