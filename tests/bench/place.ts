import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { syncCatalogue } from '@/server/catalogue';
import { createDb } from '@/server/db/client';
import { type Cluster, createDatabase, startCluster, withClient } from '@/server/db/cluster';
import { migrate } from '@/server/db/migrate';
import { makeWorld, seconds, vacuum } from '../../prisma/seed/world';

export const root = path.resolve(import.meta.dirname, '../..');
export const benchFolder = path.join(root, '.data', 'bench');

/** A Postgres of the benchmark's own. It counts statements, which costs each of them some microseconds. */
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

/** The database of a size: seeded at the first run and whenever the seed or the tables have changed, kept otherwise. */
export async function databaseOf(cluster: Cluster, users: number, say: (line: string) => void): Promise<BenchDatabase> {
  const name = `bench_${users}`;
  const stampFile = path.join(benchFolder, `${name}.stamp`);
  const stamp = hashOf(['prisma', 'src/demo/people.ts', 'src/lib/permissions.ts']);
  const database = {
    users,
    url: cluster.url('rollcall_app', name),
    ownerUrl: cluster.url('rollcall_owner', name),
    superuserUrl: cluster.url('postgres', name),
  };
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return database;
  say(`Seeding ${users.toLocaleString('en')} people`);
  const begun = performance.now();
  await withClient(cluster.url('postgres', 'postgres'), (client) => client.query(`DROP DATABASE IF EXISTS ${name}`));
  await createDatabase(cluster, name);
  await withClient(database.superuserUrl, (client) => client.query('CREATE EXTENSION pg_stat_statements'));
  await migrate({ url: database.ownerUrl, applicationRole: 'rollcall_app', directory: path.join(root, 'prisma') });
  const db = createDb(database.url);
  await db.$transaction((tx) => syncCatalogue(tx));
  await db.$disconnect();
  await withClient(database.ownerUrl, async (client) => {
    await makeWorld(client, { users, seed: 1 });
    await vacuum(client);
  });
  await mkdir(benchFolder, { recursive: true });
  await writeFile(stampFile, stamp);
  say(`  in ${seconds(begun).trim()}`);
  return database;
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
