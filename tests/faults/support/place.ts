import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fillTemplate } from '@tests/support/template';
import { createDb, type Db } from '@/server/db/client';
import { type Cluster, freePort, startCluster } from '@/server/db/cluster';
import { migrate } from '@/server/db/migrate';

const root = path.resolve(import.meta.dirname, '../../..');

export type Place = {
  directory: string;
  cluster(): Cluster;
  /** Restarts Postgres on the same files and port. Returns how many milliseconds it was unavailable. */
  restartDatabase(how: 'fast' | 'crash'): Promise<number>;
  db: Db;
  superuserUrl: string;
  settings: Record<string, string>;
  close(): Promise<void>;
};

/** Durable as in production: acknowledged writes must survive a kill of Postgres. */
const clusterSettings = { shared_buffers: '128MB', max_connections: '60', max_wal_size: '2GB' };

/**
 * Makes a folder with its own Postgres, migrated and filled, and the settings for processes that use it. This process
 * gets the same settings, so that it can call the product itself.
 */
export async function openPlace(name: string, given: Record<string, string> = {}): Promise<Place> {
  const parent = path.join(root, '.data/faults');
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(path.join(parent, `${name.toLowerCase()}-`));
  const options = { directory, settings: clusterSettings };
  let cluster = await startCluster(options);
  const settings = settingsFor(cluster.url('rollcall_app'), await freePort(), { DATA_DIR: directory, ...given });
  Object.assign(process.env, settings);
  await migrate({ url: cluster.url('rollcall_owner'), applicationRole: 'rollcall_app' });
  const { ROLLCALL_SILENCE_SECONDS: silence } = given;
  await fillTemplate(cluster.url('rollcall_app'), silence === undefined ? undefined : Number(silence));
  const db = createDb(cluster.url('rollcall_app'), 8);
  return {
    directory,
    cluster: () => cluster,
    db,
    superuserUrl: cluster.url('postgres'),
    settings,
    async restartDatabase(how) {
      const begun = Date.now();
      if (how === 'crash') await crash(cluster);
      else await cluster.stop();
      cluster = await startCluster({ ...options, port: cluster.port });
      return Date.now() - begun;
    },
    async close() {
      await db.$disconnect();
      await cluster.discard();
    },
  };
}

/** kill -9 of the first Postgres process. The others notice and stop; the next start recovers from the log. */
async function crash(cluster: Cluster) {
  process.kill(cluster.pid, 'SIGKILL');
  await cluster.exited;
  await sleep(500);
}

function settingsFor(databaseUrl: string, port: number, given: Record<string, string>): Record<string, string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    NODE_ENV: 'production',
    TZ: 'UTC',
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SECRET: randomBytes(48).toString('base64url'),
    AUDIT_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Rollcall <rollcall@example.org>',
    LOG_LEVEL: 'info',
    ROLLCALL_TEST_BUILD: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    ...given,
  };
}
