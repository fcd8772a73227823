import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeEach, inject } from 'vitest';
import { createDb, type Db } from '@/server/db/client';
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
 * The database of this worker, back at the template's rows before each test. Call it at the top of a test file:
 * `const { db } = await testDatabase();`. `db()` of `@/server/db/shared` goes to the same one.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { prefix } = inject('database');
  const name = `${prefix}_w${process.env.VITEST_POOL_ID}`;
  await copyTemplate(name);
  const made = open(name);
  const keeper = new pg.Client({ connectionString: urlOf('superuser', name) });
  await keeper.connect();
  await keeper.query(`SET lock_timeout = '10s'`);
  beforeEach(async () => {
    // A statement that waits here was left open by the test before.
    await keeper.query(resetStatement);
  });
  afterAll(async () => {
    await made.close();
    await keeper.end();
  });
  return made.database;
}

/** A database of its own for a test that changes tables or counts connections; dropped when the file is done. */
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

/** The URL of an empty database owned by the owner's role, for tests of migrations; dropped when the file is done. */
export async function emptyDatabase(): Promise<{ ownerUrl: string; url: string; superuserUrl: string }> {
  const { prefix } = inject('database');
  const name = `${prefix}_${randomBytes(4).toString('hex')}`;
  const owner = new URL(urlOf('owner', name)).username;
  await asSuperuser((client) => client.query(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0`));
  afterAll(() => asSuperuser((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)));
  return { ownerUrl: urlOf('owner', name), url: urlOf('application', name), superuserUrl: urlOf('superuser', name) };
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
