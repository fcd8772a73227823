import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withAuditDatabase } from '@/server/audit-chain/database';
import { assertAppRoleIsHarmless } from '@/server/db/application-role';
import { createDb } from '@/server/db/client';
import { type Cluster, startCluster, withClient } from '@/server/db/cluster';
import { serverAccount } from '@/server/db/cluster-place';
import { copyRows } from '@/server/db/copy';
import { openCopyOut } from '@/server/db/copy-out';
import { migrate } from '@/server/db/migrate';
import { saveRoleSettings } from '@/server/db/role-settings';
import { tlsProblem, withTls } from '@/server/db/tls';
import * as settings from '@/server/env';
import { makeWorkerQueue } from '@/server/queue/job-queue';
import { ensureQueues } from '@/server/queue/queues';

vi.mock('@/server/env', { spy: true });

const asked = (url: string) => new URL(withTls(url)).searchParams.get('sslmode');

describe('ASVS 12.3.3: a database over a network is asked for TLS, and its certificate is checked', () => {
  test.each([
    'postgresql://app:pw@db.example.org/rollcall',
    'postgres://app:pw@10.0.0.7:5432/rollcall?application_name=x',
    'postgresql://app:pw@[2001:db8::7]/rollcall',
    'postgresql://app:pw@localhost.example.org/rollcall',
    'postgresql://app:pw@localhost/rollcall?host=db.example.org',
    'postgresql://app:pw@db/rollcall?sslmode=',
    'postgresql://app:pw@db/rollcall?sslmode=require',
    'postgresql://app:pw@db/rollcall?sslmode=prefer',
    'postgresql://app:pw@db/rollcall?sslmode=allow',
    'postgresql://app:pw@db/rollcall?sslmode=verify-ca&sslrootcert=/ca.pem',
    'postgresql://app:pw@db/rollcall?sslrootcert=/ca.pem',
  ])('%s', (url) => expect(asked(url)).toBe('verify-full'));

  test.each([
    'postgresql://app:pw@127.0.0.1:5432/rollcall',
    'postgresql://app:pw@localhost/rollcall',
    'postgresql://app:pw@[::1]/rollcall',
    'postgresql://app:pw@db.example.org/rollcall?host=/run/postgresql',
    'postgresql://app:pw@%2Frun%2Fpostgresql/rollcall',
    'postgresql://app:pw@db/rollcall?sslmode=disable',
    'postgresql://app:pw@db/rollcall?sslmode=no-verify',
    'postgresql://app:pw@db/rollcall?sslmode=require&uselibpqcompat=true',
    'postgresql://app:pw@127.0.0.1/rollcall?sslmode=verify-full',
  ])('%s stays as it is', (url) => expect(withTls(url)).toBe(url));

  test('user, password, port, database and other options stay the same', () => {
    const url = 'postgresql://us%40er:p%2Fw%3F^@db.example.org:6432/roll%20call?application_name=a%20b';
    const [before, after] = [url, withTls(url)].map((each) => new pg.Client(each));
    for (const part of ['user', 'password', 'host', 'port', 'database'] as const) {
      expect(after?.[part]).toEqual(before?.[part]);
    }
    expect(new URL(withTls(url)).searchParams.get('application_name')).toBe('a b');
  });
});

describe('on the wire', () => {
  const firsts: Buffer[] = [];
  let server: Server;
  let url = '';

  beforeAll(async () => {
    // Answers as a server without TLS does.
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (first) => {
        firsts.push(first);
        socket.end('N');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // The query is what `withTls` writes for another host; tests may not connect to one.
    url = `postgresql://app:secret@127.0.0.1:${(server.address() as AddressInfo).port}/rollcall?sslmode=verify-full`;
    const given = settings.env();
    vi.mocked(settings.env).mockReturnValue({ ...given, DATABASE_URL: url });
  });
  afterAll(() => {
    vi.mocked(settings.env).mockReset();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const connections: Record<string, () => Promise<unknown>> = {
    pages: () => createDb(url).user.count(),
    'an import': () => copyRows('upload_row', (async function* () {})()),
    'an export': () => openCopyOut('somebody'),
    'the queue': () => makeWorkerQueue().start(),
    'the declaration of queues': () => ensureQueues([]),
    migrations: () => migrate({ url, applicationRole: 'app' }),
    'the settings of the role': () => saveRoleSettings(url),
    'the check of the role': () => assertAppRoleIsHarmless(url),
    'the verification of the audit log': () => withAuditDatabase(async () => undefined),
    'the seed': () => withClient(url, async () => undefined),
  };

  test.each(Object.keys(connections))('%s ask for TLS first, and send nothing to a server without it', async (name) => {
    firsts.length = 0;
    await expect(connections[name]?.()).rejects.toThrow();
    const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
    expect(firsts.length).toBeGreaterThan(0);
    for (const first of firsts) expect(first).toEqual(sslRequest);
  });
});

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0;
  } catch {
    return false;
  }
})();

describe.runIf(hasOpenssl)('a real Postgres', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'rollcall-tls-'));
  const [certificate, key] = ['server.crt', 'server.key'].map((name) => path.join(directory, name)) as [string, string];
  let cluster: Cluster;

  beforeAll(async () => {
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
        ...['-keyout', key, '-out', certificate, ...subject],
      ],
      { stdio: 'ignore' },
    );
    const { uid, gid } = serverAccount();
    for (const file of [directory, certificate, key])
      if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
    cluster = await startCluster({
      directory: path.join(directory, 'cluster'),
      settings: { fsync: 'off', ssl_cert_file: certificate, ssl_key_file: key },
    });
  });
  afterAll(async () => {
    await cluster?.discard();
    await rm(directory, { recursive: true, force: true });
  });

  const isEncrypted = (query: string) =>
    withClient(`${cluster.url('rollcall_app')}${query}`, async (client) => {
      const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      return rows[0]?.ssl;
    });
  const refusal = (query: string) =>
    isEncrypted(query).then(
      () => null,
      (error: unknown) => tlsProblem(error),
    );

  test('without TLS is refused in a sentence', async () => {
    expect(await refusal('?sslmode=verify-full')).toMatch(/offers no TLS.*sslmode=disable/);
  });

  test('is used encrypted with a certificate that is trusted, and not at all with any other', async () => {
    await withClient(cluster.url('postgres', 'postgres'), async (client) => {
      await client.query('ALTER SYSTEM SET ssl = on');
      await client.query('SELECT pg_reload_conf()');
    });
    await expect.poll(() => refusal('?sslmode=verify-full')).not.toMatch(/offers no TLS/);
    expect(await isEncrypted(`?sslmode=verify-full&sslrootcert=${certificate}`)).toBe(true);
    expect(await refusal('?sslmode=verify-full')).toMatch(/certificate is not trusted.*sslrootcert=/);
    const other = `${cluster.url('rollcall_app').replace('127.0.0.1', 'localhost')}?sslmode=verify-full`;
    const named = withClient(`${other}&sslrootcert=${certificate}`, async () => undefined);
    expect(tlsProblem(await named.catch((error: unknown) => error))).toMatch(/certificate is for another name/);
    expect(await isEncrypted('?sslmode=disable')).toBe(false);
  });
});

test('an error of another kind is no problem of TLS', () => {
  expect(tlsProblem(new Error('password authentication failed'))).toBeNull();
  expect(tlsProblem('nothing')).toBeNull();
});
