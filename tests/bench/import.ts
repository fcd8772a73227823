import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { newId } from '@/lib/ids';
import '@/handlers';
import { syncCatalogue } from '@/server/catalogue';
import { createDb } from '@/server/db/client';
import { withClient } from '@/server/db/cluster';
import { migrate } from '@/server/db/migrate';
import { declaredJobs } from '@/server/job';
import { ensureQueues } from '@/server/queue/queues';
import { makeWorld, vacuum } from '../../prisma/seed/world';
import { workerArgs } from '../../scripts/supervise.mjs';
import type { AppEnvironment } from './app';
import { copySameRows } from './import-limit';
import type { Done, Order } from './import-process';
import { type BenchDatabase, benchFolder, root } from './place';
import { type Result, ratioResult } from './report';

const target = 8;
const memoryTarget = 150;

/**
 * P8: a file of `rows` people is uploaded, validated, confirmed and applied. Everybody in it is invited with a role and
 * an organization. One process does what the web process does with a posted file, another what the worker does. No mail
 * is sent; the invitations are queued.
 *
 * The limit is COPY of *the same rows into a table with the same indexes*. We take that to mean every row that the
 * import wrote (people, invitations with their roles, mails, the audit log with its details, the plan's rows and the
 * staged file), copied into empty tables made `LIKE … INCLUDING ALL`, one after the other. Empty tables have the
 * smallest indexes and no foreign keys, so the limit is lower than in practice. Taken strictly, only the people's rows
 * count: that ratio is in the note.
 *
 * It runs in a temporary database with as many people as the given one, because an import cannot be undone without a
 * trace in the audit log.
 */
export async function measureImport(
  client: Client,
  database: BenchDatabase,
  environment: AppEnvironment,
  options: { rows?: number } = {},
): Promise<Result[]> {
  const rows = options.rows ?? 100_000;
  const name = `bench_import_${database.users}`;
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name} OWNER rollcall_owner TEMPLATE template0 ENCODING 'UTF8'`);
  const folder = path.join(benchFolder, 'import');
  await mkdir(folder, { recursive: true });
  try {
    const own = databaseNamed(database, name);
    await fillDatabase(own);
    return await withClient(own.superuserUrl, (superuser) => measure(superuser, own, environment, folder, rows));
  } finally {
    await rm(folder, { recursive: true, force: true });
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

function databaseNamed(database: BenchDatabase, name: string): BenchDatabase {
  const at = (address: string) => {
    const url = new URL(address);
    url.pathname = `/${name}`;
    return url.href;
  };
  const { users, url, ownerUrl, superuserUrl } = database;
  return { users, url: at(url), ownerUrl: at(ownerUrl), superuserUrl: at(superuserUrl) };
}

async function fillDatabase({ users, url, ownerUrl }: BenchDatabase) {
  await migrate({ url: ownerUrl, applicationRole: 'rollcall_app', directory: path.join(root, 'prisma') });
  const db = createDb(url, 2);
  await db.$transaction((tx) => syncCatalogue(tx));
  await db.$disconnect();
  await ensureQueues(declaredJobs(), url);
  await withClient(ownerUrl, async (owner) => {
    await makeWorld(owner, { users, seed: 1 });
    await owner.query(`INSERT INTO organization (id, name, slug) VALUES ($1, 'Import Ltd', 'import-ltd')`, [newId()]);
    await vacuum(owner);
  });
}

async function measure(
  superuser: Client,
  database: BenchDatabase,
  environment: AppEnvironment,
  folder: string,
  rows: number,
): Promise<Result[]> {
  const actorId = newId();
  await superuser.query(
    `INSERT INTO "user" (id, email, first_name, last_name, status, activated_at)
     VALUES ($1, 'bench-import@rollcall.example', 'Bench', 'Import', 'active', app_now())`,
    [actorId],
  );
  await superuser.query(`INSERT INTO user_role (user_id, role_id) SELECT $1, id FROM role WHERE key = 'system-admin'`, [
    actorId,
  ]);
  const few = path.join(folder, 'few.csv');
  const many = path.join(folder, 'many.csv');
  await writeFile(few, peopleCsv(40, 'few'));
  await writeFile(many, peopleCsv(rows, 'many'));
  const env = { ...environment, DATABASE_URL: database.url };
  const web = await startProcess(env, ['--import', 'tsx'], actorId);
  const worker = await startProcess(env, workerArgs.slice(0, -1), actorId);
  try {
    // A small import first, so that idle memory includes loaded modules and open connections.
    await importThrough(web, worker, few);
    await sleep(2_000);
    web.settle();
    worker.settle();
    const { id, upload, validate, apply } = await importThrough(web, worker, many);
    const limit = await copySameRows(database.superuserUrl, id);
    return [
      timeResult(database.users, { upload, validate, apply }, limit),
      memoryResult(database.users, web.peak(), worker.peak()),
    ];
  } finally {
    await web.stop();
    await worker.stop();
  }
}

async function importThrough(web: Process, worker: Process, file: string) {
  const upload = await web.order({ id: file, what: 'upload' });
  const { id } = upload;
  await web.order({ id, what: 'choose' });
  const validate = await worker.order({ id, what: 'prepare' });
  await web.order({ id, what: 'confirm' });
  const apply = await worker.order({ id, what: 'apply' });
  return { id, upload: upload.ms, validate: validate.ms, apply: apply.ms };
}

type Times = { upload: number; validate: number; apply: number };

function timeResult(users: number, { upload, validate, apply }: Times, limit: { all: number; people: number }): Result {
  const value = upload + validate + apply;
  const parts = `upload ${inSeconds(upload)}, validate ${inSeconds(validate)}, apply ${inSeconds(apply)}`;
  const strict = `${(value / limit.people).toFixed(1)} × the people's rows alone (${inSeconds(limit.people)})`;
  const note = `${parts}; ${strict}`;
  return ratioResult({ id: `P8@${users}`, value, limit: limit.all, target, unit: 'ms', note });
}

function memoryResult(users: number, web: Memory, worker: Memory): Result {
  const above = (memory: Memory) => memory.peak - memory.idle;
  const worst = above(web) > above(worker) ? web : worker;
  const [value, limit] = [worst.peak, worst.idle];
  return {
    ...{ id: `P8.memory@${users}`, value, limit, ratio: value / limit, target: memoryTarget },
    ok: above(worst) <= memoryTarget,
    unit: 'MB',
    rule: `≤ ${memoryTarget} MB above idle`,
    note: `above idle: web ${above(web).toFixed(0)} MB, worker ${above(worker).toFixed(0)} MB`,
  };
}

const inSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function peopleCsv(rows: number, mark: string): string {
  const lines = ['email,first_name,last_name,role,organization'];
  for (let n = 1; n <= rows; n += 1)
    lines.push(
      `${mark}.person${n}@example.com,First${n % 997},Last${n},${n % 3 === 0 ? 'member;staff' : 'member'},Import Ltd`,
    );
  return lines.join('\n');
}

type Memory = { idle: number; peak: number };
type Process = {
  order(order: Order): Promise<Done>;
  /** Takes the current memory as idle and starts watching for the peak. */
  settle(): void;
  peak(): Memory;
  stop(): Promise<void>;
};

async function startProcess(env: NodeJS.ProcessEnv, execArgv: string[], actorId: string): Promise<Process> {
  const child = fork(path.join(import.meta.dirname, 'import-process.ts'), [actorId], {
    env,
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = async () => {
    const [done] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Done | number | null];
    if (done === null || typeof done === 'number') throw new Error(`The import process ended with ${done}.`);
    if (done.error) throw new Error(done.error);
    return done;
  };
  await answer();
  let idle = 0;
  return {
    order: (order) => {
      child.send(order);
      return answer();
    },
    settle: () => {
      idle = memoryOf(child.pid, 'VmRSS');
      forgetPeak(child.pid);
    },
    peak: () => ({ idle, peak: memoryOf(child.pid, 'VmHWM') }),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** In MB, as Linux counts it, because the process may be too busy to answer. */
function memoryOf(pid: number | undefined, line: 'VmRSS' | 'VmHWM'): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(readFileSync(file, 'utf8'))?.[1]) / 1024;
}

function forgetPeak(pid: number | undefined) {
  const file = `/proc/${pid}/clear_refs`;
  if (existsSync(file)) writeFileSync(file, '5');
}
