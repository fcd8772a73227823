import { readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { to } from 'pg-copy-streams';
import { peopleListing } from '@/features/exports/users.queries';
import { createDb } from '@/server/db/client';
import { withLiterals } from '@/server/db/literals';
import { makeCan } from '@/server/handle';
import { principalOfUser } from '@/server/principal';
import type { RunningApp } from './app';
import type { BenchDatabase } from './place';
import { median, type Result, ratioResult } from './report';
import type { Visitor } from './visitors';

const target = 2.5;
const memoryTarget = 100;

/** Eight columns of the person's own row, and the eight ticked by default, which need roles and organizations too. */
const cases = {
  plain: ['email', 'first_name', 'last_name', 'phone', 'status', 'created', 'last_sign_in', 'last_activity'],
  usual: ['email', 'first_name', 'last_name', 'phone', 'status', 'roles', 'organization', 'last_sign_in'],
};
type Case = keyof typeof cases;

/**
 * P9: everybody as a CSV file with eight columns, requested as the form does and read to the last byte. It is compared
 * with COPY of the same statement over a bare connection, in turns; the slower case decides. Memory is the web
 * process's peak above what it used before.
 */
export async function measureExport(
  app: Pick<RunningApp, 'url' | 'pid'>,
  visitor: Visitor,
  database: BenchDatabase,
  options: { runs?: number } = {},
): Promise<Result[]> {
  const times: Record<Case, { file: number[]; copy: number[] }> = {
    plain: { file: [], copy: [] },
    usual: { file: [], copy: [] },
  };
  const statements = await statementsFor(database, visitor);
  await download(app.url, visitor, cases.plain);
  const idle = memoryOf(app.pid, 'VmRSS');
  forgetPeak(app.pid);
  let bytes = 0;
  for (let run = 0; run < (options.runs ?? 3); run += 1) {
    for (const name of ['plain', 'usual'] as const) {
      times[name].copy.push(await copyBare(database.url, statements[name]));
      const file = await download(app.url, visitor, cases[name]);
      times[name].file.push(file.ms);
      bytes = Math.max(bytes, file.bytes);
    }
  }
  const measured = (['plain', 'usual'] as const).map((name) => ({
    name,
    value: median(times[name].file),
    limit: median(times[name].copy),
  }));
  const [worst] = measured.toSorted((a, b) => b.value / b.limit - a.value / a.limit);
  if (!worst) throw new Error('P9 has no case');
  const note = measured.map(({ name, value, limit }) => `${name} ${(value / limit).toFixed(2)} ×`).join(', ');
  const speed = ratioResult({
    id: `P9@${database.users}`,
    ...{ value: worst.value, limit: worst.limit, target, unit: 'ms' },
    note: `${note}; ${Math.round(bytes / 1e6)} MB`,
  });
  return idle === 0 ? [speed] : [speed, memoryResult(database.users, idle, memoryOf(app.pid, 'VmHWM'))];
}

async function statementsFor(database: BenchDatabase, visitor: Visitor): Promise<Record<Case, string[]>> {
  const db = createDb(database.url, 2);
  try {
    const { id } = await db.user.findUniqueOrThrow({ where: { email: `bench-${visitor.name}@rollcall.example` } });
    const principal = await principalOfUser(db, id);
    if (!principal) throw new Error(`${visitor.name} cannot sign in`);
    const can = makeCan(db, principal, { id, ip: null, userAgent: null, path: '/users/export' });
    const { statements } = await peopleListing.prepare(can, {});
    return {
      plain: statements(cases.plain, false).map(withLiterals),
      usual: statements(cases.usual, false).map(withLiterals),
    };
  } finally {
    await db.$disconnect();
  }
}

/** Uses the export's settings, so that Postgres runs the same plan. */
async function copyBare(url: string, statements: string[]): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET work_mem = '64MB'; SET jit = off; SET max_parallel_workers_per_gather = 0`);
    const begun = performance.now();
    for (const statement of statements) await drain(client.query(to(`COPY (${statement}) TO STDOUT`)));
    return performance.now() - begun;
  } finally {
    await client.end();
  }
}

async function download(url: string, visitor: Visitor, fields: string[]): Promise<{ ms: number; bytes: number }> {
  const body = String(new URLSearchParams([['format', 'csv'], ...fields.map((field) => ['fields', field])]));
  const headers = {
    cookie: visitor.cookie,
    origin: url,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': body.length,
  };
  const begun = performance.now();
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    request(`${url}/users/export/file`, { method: 'POST', headers, agent: false }, resolve)
      .on('error', reject)
      .end(body),
  );
  if (answer.statusCode !== 200) throw new Error(`The export answered ${answer.statusCode} ${answer.headers.location}`);
  const bytes = await drain(answer);
  return { ms: performance.now() - begun, bytes };
}

async function drain(source: NodeJS.ReadableStream): Promise<number> {
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      next();
    },
  });
  await pipeline(source, sink);
  return bytes;
}

function memoryResult(users: number, idle: number, peak: number): Result {
  return {
    ...{ id: `P9.memory@${users}`, value: peak, limit: idle, ratio: peak / idle, target: memoryTarget, unit: 'MB' },
    ok: peak - idle <= memoryTarget,
    rule: `≤ ${memoryTarget} MB above idle`,
    note: `${Math.round(peak - idle)} MB above idle at most`,
  };
}

/** Megabytes, or 0 where there is no /proc. */
function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  try {
    const kilobytes = new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function forgetPeak(pid: number) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Then the peak of its whole lifetime counts, which can only be higher.
  }
}
