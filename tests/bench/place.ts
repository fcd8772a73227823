import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { syncCatalogue } from '@/server/catalogue';
import { createDb } from '@/server/db/client';
import { type Cluster, createDatabase, startCluster, withClient } from '@/server/db/cluster';
import { migrate } from '@/server/db/migrate';
import { saveRoleSettings } from '@/server/db/role-settings';
import { makeWorld, seconds, vacuum } from '../../prisma/seed/world';

export const root = path.resolve(import.meta.dirname, '../..');
export const benchFolder = path.join(root, '.data', 'bench');

/** The benchmark's own Postgres. It counts statements, which costs each of them some microseconds. */
export function startBenchCluster(): Promise<Cluster> {
  return startCluster({
    directory: path.join(benchFolder, 'database'),
    settings: {
      shared_buffers: '512MB',
      max_wal_size: '4GB',
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track_planning': 'on',
    },
  });
}

export type BenchDatabase = { users: number; url: string; ownerUrl: string; superuserUrl: string };

/**
 * The database for this size, seeded at the first run and whenever the seed has changed. New migrations are applied to
 * it; if an applied one was changed, the database is made again.
 */
export async function databaseOf(cluster: Cluster, users: number, say: (line: string) => void): Promise<BenchDatabase> {
  const name = `bench_${users}`;
  const stampFile = path.join(benchFolder, `${name}.stamp`);
  const stamp = hashOf(['prisma/seed', 'src/demo/people.ts']);
  const database = {
    users,
    url: cluster.url('rollcall_app', name),
    ownerUrl: cluster.url('rollcall_owner', name),
    superuserUrl: cluster.url('postgres', name),
  };
  const isKept =
    existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && (await matchesMigrations(database));
  if (!isKept) {
    await rm(stampFile, { force: true });
    await withClient(cluster.url('postgres', 'postgres'), (client) => client.query(`DROP DATABASE IF EXISTS ${name}`));
    await createDatabase(cluster, name);
    await withClient(database.superuserUrl, (client) => client.query('CREATE EXTENSION pg_stat_statements'));
  }
  const applied = await bringUpToDate(database);
  if (!isKept) await seed(database, say);
  else if (applied > 0) await withClient(database.ownerUrl, vacuum);
  await mkdir(benchFolder, { recursive: true });
  await writeFile(stampFile, stamp);
  return database;
}

/** Whether the applied migrations are still the same as the files. */
async function matchesMigrations({ ownerUrl }: BenchDatabase): Promise<boolean> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query<{ name: string; checksum: string }>(
      'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL',
    ),
  ).catch(() => ({ rows: [] }));
  const isSame = ({ name, checksum }: { name: string; checksum: string }) => {
    const file = path.join(root, 'prisma/migrations', name, 'migration.sql');
    return existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === checksum;
  };
  return rows.length > 0 && rows.every(isSame);
}

/** Returns how many migrations were missing. */
async function bringUpToDate({ url, ownerUrl }: BenchDatabase): Promise<number> {
  const directory = path.join(root, 'prisma');
  const applied = await migrate({ url: ownerUrl, applicationRole: 'rollcall_app', directory });
  await saveRoleSettings(url);
  const db = createDb(url);
  await db.$transaction((tx) => syncCatalogue(tx));
  await db.$disconnect();
  return applied.length;
}

async function seed({ users, ownerUrl }: BenchDatabase, say: (line: string) => void): Promise<void> {
  say(`Seeding ${users.toLocaleString('en')} people`);
  const begun = performance.now();
  await withClient(ownerUrl, async (client) => {
    await makeWorld(client, { users, seed: 1, say: (line) => say(`  ${line}`) });
    await vacuum(client);
  });
  say(`  in ${seconds(begun).trim()}`);
}

/** SHA-256 over names and contents, in order. */
export function hashOf(places: string[]): string {
  const hash = createHash('sha256');
  const add = (place: string) => {
    const file = path.join(root, place);
    if (!existsSync(file)) return;
    if (statSync(file).isDirectory()) for (const name of readdirSync(file).sort()) add(path.join(place, name));
    else hash.update(`${place}\0`).update(readFileSync(file)).update('\0');
  };
  for (const place of places) add(place);
  return hash.digest('hex');
}
