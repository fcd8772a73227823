import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeEach, inject } from 'vitest';
import { createDb, type Db } from '@/server/db/client';
import { saveRoleSettings } from '@/server/db/role-settings';
import { resetStatement } from './reset';

export type TestDatabase = {
  /** Prisma as the application's role: no DDL, audit rows insert-only. */
  db: Db;
  /** Plain connections as the owner of the tables. */
  owner: pg.Pool;
  url: string;
  ownerUrl: string;
};

/**
 * This worker's database, reset to the template's rows before each test. Call it at the top of a test file:
 * `const { db } = await testDatabase();`. `db()` of `@/server/db/shared` connects to the same one.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { prefix } = inject('database');
  const name = `${prefix}_w${process.env.VITEST_POOL_ID}`;
  await copyTemplate(name);
  const made = open(name);
  const superuser = new pg.Client({ connectionString: urlOf('superuser', name) });
  await superuser.connect();
  await superuser.query(`SET lock_timeout = '10s'`);
  beforeEach(async () => {
    // If this waits for a lock, the test before left a transaction open.
    await superuser.query(resetStatement);
  });
  afterAll(async () => {
    await made.close();
    await superuser.end();
  });
  return made.database;
}

/** A separate database for tests that change tables or count connections, dropped after the file. */
export async function ownDatabase(): Promise<TestDatabase> {
  const { prefix } = inject('database');
  const name = `${prefix}_${randomBytes(4).toString('hex')}`;
  await copyTemplate(name);
  const made = open(name);
  afterAll(async () => {
    await made.close();
    await asSuperuser((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  });
  return made.database;
}

/** URLs of an empty database owned by the owner's role, for tests of migrations. It is dropped after the file. */
export async function emptyDatabase(): Promise<{ ownerUrl: string; url: string; superuserUrl: string }> {
  const { prefix } = inject('database');
  const name = `${prefix}_${randomBytes(4).toString('hex')}`;
  const owner = new URL(urlOf('owner', name)).username;
  await asSuperuser((client) => client.query(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0`));
  afterAll(() => asSuperuser((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)));
  return { ownerUrl: urlOf('owner', name), url: urlOf('application', name), superuserUrl: urlOf('superuser', name) };
}

/**
 * Ends all sessions of the application's role in a database, as PgBouncer's RECONNECT does. Behind a pooler the ones from
 * before a change of the role's settings would go on without it.
 */
export async function endSessions(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const own = 'usename = current_user AND datname = current_database() ORDER BY pid = pg_backend_pid()';
  // The last one that it ends is its own.
  await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${own}`).catch(() => undefined);
  await client.end();
}

function urlOf(role: 'superuser' | 'owner' | 'application', database: string): string {
  return inject('database').urls[role].replace('{database}', database);
}

function open(name: string): { database: TestDatabase; close(): Promise<void> } {
  const url = urlOf('application', name);
  const ownerUrl = urlOf('owner', name);
  const db = createDb(url, 10);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  owner.on('error', () => undefined);
  const close = async () => {
    await db.$disconnect();
    await owner.end();
  };
  return { database: { db, owner, url, ownerUrl }, close };
}

async function copyTemplate(name: string): Promise<void> {
  const { template } = inject('database');
  const owner = new URL(urlOf('owner', name)).username;
  await asSuperuser(async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount) return;
    await client.query(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE ${template}`);
    // They belong to the database, but a copy of the template does not have them.
    await saveRoleSettings(urlOf('application', name));
  });
}

async function asSuperuser(use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('superuser', 'postgres') });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
