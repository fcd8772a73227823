import type { Client } from 'pg';

/** The reason why this database must not be seeded, as a sentence; undefined if it may be. */
export async function refusal(client: Client, isProduction: boolean): Promise<string | undefined> {
  if (isProduction) return 'NODE_ENV is production, and a production database is never seeded. Use a test database.';
  const { rows: tables } = await client.query<{ ready: boolean }>(
    `SELECT to_regclass('public.role') IS NOT NULL AND to_regclass('public.audit_event') IS NOT NULL AS ready`,
  );
  if (!tables[0]?.ready) return 'This database has no tables yet. Run npm start once to migrate it.';
  const { rows } = await client.query<{ real: boolean; seeded: boolean; roles: boolean; owner: boolean }>(
    `SELECT EXISTS (SELECT FROM "user" WHERE email NOT LIKE '%.example') AS real,
            EXISTS (SELECT FROM "group" WHERE organization_id IS NULL AND name = 'Everyday learners') AS seeded,
            EXISTS (SELECT FROM role WHERE key = 'member') AS roles,
            (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = '"user"'::regclass) AS owner`,
  );
  const found = rows[0];
  if (!found?.owner) return 'Seeding needs the role that owns the tables. Set MIGRATE_DATABASE_URL to its URL.';
  if (!found.roles) return 'This database has no roles yet. Start Rollcall with it once, then seed it.';
  if (found.real) return 'This database has an address that may be real (not under .example). Seed another one.';
  if (found.seeded) return 'This database is seeded already. Seed an empty one, or delete .data and seed again.';
  return undefined;
}
