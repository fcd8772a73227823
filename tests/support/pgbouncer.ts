import { spawn } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/server/db/cluster';
import { serverAccount } from '@/server/db/cluster-place';

export type Pooler = { url: string; stop(): Promise<void> };

/**
 * PgBouncer in transaction mode in front of the server of `url`, for all its databases. It ignores no startup parameter
 * and resets nothing between transactions, so whatever a connection should not keep shows.
 */
export async function startPgBouncer(program: string, url: string): Promise<Pooler> {
  const directory = await mkdtemp(path.join(tmpdir(), 'rollcall-pgbouncer-'));
  const port = await freePort();
  const server = new URL(url);
  const password = decodeURIComponent(server.password);
  const files = { ini: path.join(directory, 'pgbouncer.ini'), users: path.join(directory, 'users.txt') };
  await writeFile(files.users, `"${decodeURIComponent(server.username)}" "${password.replaceAll('"', '""')}"\n`);
  await writeFile(
    files.ini,
    iniFor({ port, host: server.hostname, serverPort: server.port || '5432', users: files.users }),
  );
  // PgBouncer refuses to run as root.
  const { uid, gid } = serverAccount();
  if (uid !== undefined && gid !== undefined) {
    for (const file of [directory, ...Object.values(files)]) await chown(file, uid, gid);
  }
  const child = spawn(program, ['-q', files.ini], { uid, gid, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk}`.slice(-2000);
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  for (let waited = 0; !(await answers(port)); waited += 50) {
    if (waited > 10_000 || child.exitCode !== null) throw new Error(`PgBouncer did not start.\n${words}`);
    await sleep(50);
  }
  server.hostname = '127.0.0.1';
  server.port = String(port);
  return {
    url: decodeURIComponent(server.href),
    async stop() {
      child.kill('SIGKILL');
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function iniFor(settings: { port: number; host: string; serverPort: string; users: string }): string {
  return `[databases]
* = host=${settings.host} port=${settings.serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${settings.port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${settings.users}
pool_mode = transaction
default_pool_size = 20
max_client_conn = 500
server_fast_close = 1
server_login_retry = 1
server_idle_timeout = 10
`;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
