import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account, Place } from './cluster-place.ts';

const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  LANG: 'C',
  TZ: 'UTC',
  NODE_ENV: 'production',
} as const;
const startTimeout = 60_000;

/** Runs initdb unless the folder has a cluster: UTF-8, C.UTF-8 collation, passwords for every connection. */
export async function createFiles(place: Place, account: Account, password: string): Promise<void> {
  if (existsSync(path.join(place.files, 'PG_VERSION'))) return;
  // Made under another name and renamed, so that an interrupted initdb is never used.
  const draft = `${place.files}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(tmpdir(), `rollcall-${randomBytes(8).toString('hex')}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(draft, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    await run(path.join(place.binaries, 'initdb'), account, [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      ...localeFlags(place.binaries),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, place.files);
}

/** Ends a server left running by an earlier, killed start, and removes the lock of a dead one. */
export async function endLeftOver(files: string): Promise<void> {
  const lock = path.join(files, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0]);
  if (runsOn(pid, files)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; runsOn(pid, files); waited += 100) {
      if (waited > 30_000)
        throw new Error(`An earlier Postgres (process ${pid}) does not end. Stop it and start again.`);
      await sleep(100);
    }
  }
  // In a new container the old process id can belong to another program, which Postgres would take for itself.
  await rm(lock, { force: true });
}

export type Server = { pid: number; stop(): Promise<void>; exited: Promise<string> };

/** Starts the server and waits until it accepts connections. Throws with its last output when it does not. */
export async function startServer(
  place: Place,
  account: Account,
  port: number,
  settings: Record<string, string>,
): Promise<Server> {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    // Its own state, but no failed statement: that would repeat values, and Rollcall logs it anyway.
    log_min_messages: 'log',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(path.join(place.binaries, 'postgres'), ['-D', place.files, '-p', String(port), ...flags], {
    ...account,
    cwd: '/',
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own: Ctrl-C must reach the writing processes before it reaches the database.
    detached: true,
  });
  let words = '';
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(words.trim().split('\n').slice(-5).join('\n')));
  });
  const ready = new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk: string) => {
      words = (words + chunk).slice(-4000);
      if (words.includes('ready to accept connections')) resolve();
    });
  });
  const gone = exited.then((last) => Promise.reject(new Error(`Postgres did not start.\n${last}`)));
  const late = sleep(startTimeout, undefined, { ref: false }).then(() =>
    Promise.reject(new Error('Postgres is not ready after a minute.')),
  );
  await Promise.race([ready, gone, late]);
  return {
    pid: child.pid ?? 0,
    exited,
    stop: async () => {
      // SIGINT is Postgres' fast shutdown: open transactions roll back, files are closed.
      child.kill('SIGINT');
      await exited;
    },
  };
}

function localeFlags(binaries: string): string[] {
  const version = execFileSync(path.join(binaries, 'postgres'), ['--version'], { encoding: 'utf8', env: environment });
  const major = Number(/(\d+)/.exec(version)?.[1]);
  // From 17 on Postgres has the collation built in, even where the system has no C.UTF-8. Character classes still come
  // from the system: with plain C no Greek or Cyrillic letter gets a trigram.
  const kinds = process.platform === 'linux' ? ['--lc-ctype=C.UTF-8'] : [];
  if (major >= 17) return ['--locale=C', ...kinds, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  return ['--locale=C.UTF-8'];
}

function run(program: string, account: Account, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...account, cwd: '/', env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => {
      words += chunk.toString();
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(program)} failed.\n${words}`)),
    );
  });
}

function runsOn(pid: number, files: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    const line = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return line.includes(files);
  } catch {
    return false;
  }
}
