// A checkout's own parts, for what the environment does not set: Postgres, secrets, mailbox, public address.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { giveUp, readStamp } from './bootstrap.mjs';

const mailboxProgram = 'src/server/mail/mailbox.ts';

/** Adds the settings of `.env` that the environment does not have. */
export function readEnvFile() {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/**
 * The environment of all our processes: the given settings, and embedded parts for what is not set. `parts` says which
 * parts are embedded.
 */
export async function planServices(mode) {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const directory = path.resolve(given.DATA_DIR ?? '.data');
  const production = given.NODE_ENV === 'production';
  if (production && !given.DATABASE_URL) {
    giveUp('Set DATABASE_URL and MIGRATE_DATABASE_URL: Rollcall starts no database in production. See .env.example.');
  }
  if (given.DATABASE_URL && !given.MIGRATE_DATABASE_URL) {
    giveUp('Set MIGRATE_DATABASE_URL too: the same database, with the role that owns the tables. See .env.example.');
  }
  mkdirSync(directory, { recursive: true });
  const host = given.HOST ?? '127.0.0.1';
  const port = given.PORT ?? '3000';
  const parts = {
    database: !given.DATABASE_URL,
    mailbox: !production && !given.SMTP_URL && existsSync(mailboxProgram),
  };
  const environment = {
    ...given,
    NODE_ENV: mode === 'development' ? 'development' : 'production',
    DATA_DIR: directory,
    HOST: host,
    PORT: port,
    NEXT_TELEMETRY_DISABLED: '1',
  };
  if (!production) {
    const secrets = readSecrets(path.join(directory, 'secrets.json'));
    environment.PUBLIC_URL ??= `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
    environment.MAIL_FROM ??= 'Rollcall <rollcall@localhost>';
    environment.SECRET ??= secrets.SECRET;
    environment.AUDIT_SIGNING_KEY ??= secrets.AUDIT_SIGNING_KEY;
    environment.SMTP_URL ??= 'smtp://127.0.0.1:9';
  }
  if (parts.database) environment.ROLLCALL_EMBEDDED = '1';
  else delete environment.ROLLCALL_EMBEDDED;
  if (parts.mailbox) {
    environment.MAILBOX_PORT = String(await freePort());
    environment.MAILBOX_DIR = path.join(directory, 'mailbox');
    environment.SMTP_URL = `smtp://127.0.0.1:${environment.MAILBOX_PORT}`;
  }
  return { directory, environment, parts, host, port: Number(port) };
}

/** Starts the database in `plan.directory` and writes its URLs into the plan's environment. */
export async function startDatabase(plan, port) {
  const { startCluster } = await import('../src/server/db/cluster.ts');
  const cluster = await startCluster({ directory: plan.directory, port, settings: { shared_buffers: '256MB' } });
  plan.environment.DATABASE_URL = cluster.url('rollcall_app');
  plan.environment.MIGRATE_DATABASE_URL = cluster.url('rollcall_owner');
  const urls = path.join(plan.directory, 'database.json');
  writeFileSync(urls, JSON.stringify({ port: cluster.port, pid: process.pid }), { mode: 0o600 });
  return cluster;
}

/** Checks the settings as the server does, so that a wrong one is reported before the build. */
export async function checkSettings(environment) {
  const { readEnv } = await import('../src/server/env.ts');
  const result = readEnv(environment);
  if ('env' in result) return;
  const lines = result.sentences.map((sentence) => `  - ${sentence}`);
  giveUp(['Rollcall cannot start:', ...lines, '  .env.example explains every setting.'].join('\n'));
}

/** Secrets of this checkout, made at its first start and readable only by their owner. */
function readSecrets(file) {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    const made = {
      SECRET: randomBytes(48).toString('base64url'),
      AUDIT_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    };
    writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  }
  chmodSync(file, 0o600);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The process id of an earlier start that still runs in this folder, or 0. */
export function runningStart(directory) {
  const pid = Number(readStamp(path.join(directory, 'start.pid')));
  if (!pid || pid === process.pid) return 0;
  try {
    process.kill(pid, 0);
    // Another program may have this process id now. /proc shows which, where it exists.
    const line = `/proc/${pid}/cmdline`;
    if (existsSync('/proc/self/cmdline') && !readFileSync(line, 'utf8').includes('scripts/start.mjs')) return 0;
    return pid;
  } catch {
    return 0;
  }
}

export function isPortFree(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
