import pg from 'pg';
import { startCluster } from '@/server/db/cluster';

/** URLs have `{database}` in place of the database's name. */
export type TestServer = {
  urls: { superuser: string; owner: string; application: string };
  applicationRole: string;
  createDatabase(name: string): Promise<void>;
  /** Forbids connections, so that the template can be copied at any time. */
  sealTemplate(name: string): Promise<void>;
  stop(prefix: string): Promise<void>;
};

/** A throw-away cluster. Nothing in it has to survive a power cut, so nothing is synced. */
export async function ownServer(directory: string): Promise<TestServer> {
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  const binaries = process.env.TEST_POSTGRES_BIN;
  const cluster = await startCluster({ directory, binaries, settings });
  const urls = {
    superuser: cluster.url('postgres', '{database}'),
    owner: cluster.url('rollcall_owner', '{database}'),
    application: cluster.url('rollcall_app', '{database}'),
  };
  return { ...serverOf(urls, 'rollcall_owner', 'rollcall_app'), stop: () => cluster.discard() };
}

/** An existing server, by the URL of one of its superusers. Everything made there is removed after the run. */
export async function existingServer(url: string, prefix: string): Promise<TestServer> {
  const owner = `${prefix}_owner`;
  const application = `${prefix}_app`;
  const as = (role?: string) => {
    const made = new URL(url);
    if (role) {
      made.username = role;
      made.password = prefix;
    }
    made.pathname = '/{database}';
    return decodeURIComponent(made.href);
  };
  const urls = { superuser: as(), owner: as(owner), application: as(application) };
  await administer(urls.superuser, async (client) => {
    await client.query(`CREATE ROLE ${owner} LOGIN PASSWORD '${prefix}'`);
    await client.query(`CREATE ROLE ${application} LOGIN PASSWORD '${prefix}'`);
  });
  const stop = () =>
    administer(urls.superuser, async (client) => {
      const { rows } = await client.query<{ datname: string }>(
        'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
        [prefix],
      );
      for (const { datname } of rows) {
        await client.query(`ALTER DATABASE ${datname} IS_TEMPLATE false`);
        await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
      }
      await client.query(`DROP ROLE ${owner}, ${application}`);
    });
  return { ...serverOf(urls, owner, application), stop };
}

function serverOf(urls: TestServer['urls'], owner: string, applicationRole: string): Omit<TestServer, 'stop'> {
  return {
    urls,
    applicationRole,
    createDatabase: (name) =>
      administer(urls.superuser, async (client) => {
        await client.query(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0 ENCODING 'UTF8'`);
      }),
    sealTemplate: (name) =>
      administer(urls.superuser, async (client) => {
        await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
      }),
  };
}

async function administer(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace('{database}', 'postgres') });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
