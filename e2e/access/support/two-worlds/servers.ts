import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepareReset, resetStatement } from '@tests/support/reset';
import pg from 'pg';
import { inject } from 'vitest';
import { createDb, type Db } from '@/server/db/client';
import { freePort, withClient } from '@/server/db/cluster';
import { copyDatabase } from '../copy-database';
import { startWeb } from '../server-process';
import { clock, freezeClock } from './clock';
import { type FirstWorld, makeFirstWorld, makeSecondWorld, type SecondWorld } from './worlds';

/** One of the two worlds: a server and its database. */
export type World = {
  url: string;
  databaseUrl: string;
  settings: Record<string, string>;
  sql: pg.Client;
  /** The file that names the condition of `within()` to leave out. */
  scopeSwitch: string;
};

export type Worlds = {
  one: World;
  two: World;
  first: FirstWorld;
  second: SecondWorld;
  /** Every id that was there before the first request. Any other id in an answer is new. */
  knownIds: Set<string>;
  reset(): Promise<void>;
  stop(): Promise<void>;
};

/** Makes both databases, the second as a copy of the first, and starts the build on each, with one clock and secret. */
export async function startWorlds({ hasSwitch = false } = {}): Promise<Worlds> {
  const [name1, name2] = hasSwitch ? (['switch_1', 'switch_2'] as const) : (['world_1', 'world_2'] as const);
  const { urls, empty } = inject('cluster');
  await copyDatabase(urls, empty, name1);
  await withClient(at('superuser', name1), (client) => client.query(freezeClock));
  const first = await fill(name1, makeFirstWorld);
  await copyDatabase(urls, name1, name2);
  const second = await fill(name2, (db) => makeSecondWorld(db, first));
  for (const name of [name1, name2]) {
    await prepareReset(at('superuser', name));
    await withClient(at('superuser', name), (client) => client.query('ANALYZE'));
  }
  const [one, two] = await Promise.all([open(name1, hasSwitch), open(name2, hasSwitch)]);
  return {
    one: one.world,
    two: two.world,
    first,
    second,
    knownIds: await idsIn(two.world.sql),
    reset: async () => {
      await Promise.all([one, two].map(({ world }) => world.sql.query(resetStatement)));
    },
    stop: async () => {
      await Promise.all([one, two].map(({ stop }) => stop()));
    },
  };
}

const at = (role: 'superuser' | 'application', name: string) =>
  inject('cluster').urls[role].replace('{database}', name);

async function fill<T>(name: string, make: (db: Db) => Promise<T>): Promise<T> {
  const db = createDb(at('application', name), 4);
  try {
    return await make(db);
  } finally {
    await db.$disconnect();
  }
}

async function open(name: string, hasSwitch: boolean) {
  const { directory } = inject('cluster');
  const port = await freePort();
  const databaseUrl = at('application', name);
  const scopeSwitch = path.join(directory, `${name}.switch`);
  writeFileSync(scopeSwitch, '');
  const settings = {
    ...inject('settings'),
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    ...(hasSwitch && { ROLLCALL_TEST_BUILD: '1', ROLLCALL_SCOPE_SWITCH: scopeSwitch }),
    TEST_CLOCK: clock.toISOString(),
    NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'frozen-clock.mjs')}`,
  };
  const web = await startWeb(inject('access').tree, settings, path.join(directory, `${name}.log`));
  const sql = new pg.Client({ connectionString: at('superuser', name) });
  await sql.connect();
  const stop = async () => {
    await sql.end();
    await web.stop();
  };
  return { world: { url: settings.PUBLIC_URL, databaseUrl, settings, sql, scopeSwitch }, stop };
}

async function idsIn(client: pg.Client): Promise<Set<string>> {
  const tables = await client.query<{ name: string }>(
    `SELECT format('%I', c.relname) AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
  );
  const ids = new Set<string>();
  for (const { name } of tables.rows) {
    const { rows } = await client.query<{ text: string | null }>(
      `SELECT string_agg(to_jsonb(t)::text, ' ') AS text FROM ${name} t`,
    );
    for (const id of rows[0]?.text?.match(uuids) ?? []) ids.add(id);
  }
  return ids;
}

export const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
