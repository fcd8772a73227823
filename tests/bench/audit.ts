import { createHash, createPublicKey, generateKeyPairSync, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from 'pg';
import { newId } from '@/lib/ids';
import { type AuditEntry, insertAudit } from '@/server/audit';
import { copyLines, databaseSource, eventsAfter } from '@/server/audit-chain/database-source';
import { verifyAudit } from '@/server/audit-chain/verify';
import { createDb, type Db } from '@/server/db/client';
import { withClient } from '@/server/db/cluster';
import { migrate } from '@/server/db/migrate';
import { sealEvents } from '@/server/seal';
import { readSigningKey } from '@/server/signing-key';
import { type BenchDatabase, benchFolder, hashOf, root } from './place';
import { median, type Result, ratioResult } from './report';

const events = 1_000_000;
const atOnce = 1_000;
const target = 1.5;
const name = 'bench_audit';

/**
 * P15, in a database of its own: a million events with details, sealed. Appending against inserting the same rows by
 * the same two statements; verifying against reading and hashing them, without a look at any of it.
 */
export async function measureAudit(_client: Client, database: BenchDatabase): Promise<Result[]> {
  const url = withName(database.url);
  const signingKey = await prepare(database, url);
  const db = createDb(url, 4);
  try {
    return [await measureAppend(db), await measureVerify(withName(database.superuserUrl), signingKey)];
  } finally {
    await db.$disconnect();
  }
}

/** Makes the database when it is not there as it is made today; answers the key that seals it. */
async function prepare(database: BenchDatabase, url: string): Promise<string> {
  const file = path.join(benchFolder, `${name}.json`);
  const stamp = hashOf([
    'prisma/migrations',
    'src/server/audit.ts',
    'src/server/seal.ts',
    'src/server/audit-chain/hashes.ts',
  ]);
  const known = readJson(file);
  // The file outlives a cluster that was made anew.
  const found = await withClient(database.superuserUrl, (client) =>
    client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]),
  );
  const isThere = known?.stamp === stamp && found.rowCount === 1;
  const key = isThere ? known.key : newSigningKey();
  // What is called here reads the settings of a server.
  Object.assign(process.env, {
    DATABASE_URL: url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Rollcall <rollcall@localhost>',
    PUBLIC_URL: 'http://127.0.0.1:3000',
    SECRET: 'for the benchmark alone, and long enough to be one',
    LOG_LEVEL: 'error',
    AUDIT_SIGNING_KEY: key,
  });
  if (isThere) return key;
  await withClient(database.superuserUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} OWNER rollcall_owner TEMPLATE template0 ENCODING 'UTF8'`);
  });
  await migrate({
    url: withName(database.ownerUrl),
    applicationRole: 'rollcall_app',
    directory: path.join(root, 'prisma'),
  });
  const db = createDb(url, 4);
  for (let done = 0; done < events; done += atOnce) await append(db, entriesOf(done));
  await sealEvents(db);
  await db.$disconnect();
  await withClient(withName(database.superuserUrl), (client) => client.query('VACUUM (ANALYZE)'));
  await writeFile(file, JSON.stringify({ stamp, key }), { mode: 0o600 });
  return key;
}

function entriesOf(from: number): AuditEntry[] {
  return Array.from({ length: atOnce }, (_, n) => ({
    action: 'user.updated',
    subject: { type: 'user', id: newId() },
    before: { lastName: `Lovelace ${from + n}`, phone: null },
    after: { lastName: `King ${from + n}`, phone: '+44 20 7946 0000' },
    reason: 'Married',
  }));
}

const context = { actor: { kind: 'user' as const, id: newId() }, requestId: newId(), ip: '203.0.113.7' };

async function append(db: Db, entries: AuditEntry[]) {
  await db.$transaction((tx) => insertAudit(tx, context, entries));
}

/** Rolled back on both sides, so that neither finds a larger table than the other. */
async function measureAppend(db: Db): Promise<Result> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = -3; run < 30; run += 1) {
    const entries = entriesOf(run * atOnce);
    let rows = { events: '', details: '' };
    const appended = await timedRollback(db, async (tx) => {
      await insertAudit(tx, context, entries);
      return async () => {
        rows = await storedRows(tx, entries.length);
      };
    });
    const inserted = await timedRollback(db, (tx) => insertRows(tx, rows));
    if (run < 0) continue;
    ours.push(appended);
    bare.push(inserted);
  }
  const [value, limit] = [median(ours), median(bare)];
  const note = `${atOnce} events with details in one transaction; against the same rows, hashed already`;
  return ratioResult({ id: `P15.append@${events}`, value, limit, target, unit: 'ms', note });
}

type Tx = Parameters<Parameters<Db['$transaction']>[0]>[0];

async function timedRollback(db: Db, work: (tx: Tx) => Promise<(() => Promise<void>) | undefined>): Promise<number> {
  let ms = 0;
  const undo = new Error('as wanted');
  await db
    .$transaction(async (tx) => {
      const begun = performance.now();
      const after = await work(tx);
      ms = performance.now() - begun;
      await after?.();
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return ms;
}

async function storedRows(tx: Tx, count: number): Promise<{ events: string; details: string }> {
  const [rows] = await tx.$queryRaw<{ events: string; details: string }[]>`
    WITH e AS (SELECT * FROM audit_event ORDER BY seq DESC LIMIT ${count}::int)
    SELECT (SELECT jsonb_agg(e) FROM e)::text AS events,
           (SELECT jsonb_agg(d) FROM e JOIN audit_detail d ON d.event_id = e.id)::text AS details`;
  return rows ?? { events: '[]', details: '[]' };
}

async function insertRows(tx: Tx, rows: { events: string; details: string }): Promise<undefined> {
  await tx.$executeRaw`INSERT INTO audit_event SELECT * FROM jsonb_populate_recordset(NULL::audit_event, ${rows.events}::jsonb)`;
  await tx.$executeRaw`INSERT INTO audit_detail SELECT * FROM jsonb_populate_recordset(NULL::audit_detail, ${rows.details}::jsonb)`;
}

async function measureVerify(url: string, signingKey: string): Promise<Result> {
  const privateKey = readSigningKey(signingKey);
  if (!privateKey) throw new Error('the key that was kept is none');
  const publicKeys = [createPublicKey(privateKey)];
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = -1; run < 3; run += 1) {
    const [verified, read] = await withClient(url, async (client) => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const begun = performance.now();
      const verdict = await verifyAudit(await databaseSource(client), { publicKeys, anchor: null });
      const between = performance.now();
      if (!verdict.ok || verdict.events !== events) throw new Error(`the log differs: ${verdict.findings[0]?.words}`);
      await readAndHash(client);
      return [between - begun, performance.now() - between];
    });
    if (run < 0) continue;
    ours.push(verified);
    bare.push(read);
  }
  const note = 'events with details, seals of 10,000; against COPY of the same rows and SHA-256 of each part, unparsed';
  const [value, limit] = [median(ours), median(bare)];
  return ratioResult({ id: `P15.verify@${events}`, value, limit, target, unit: 'ms', note });
}

/** The same rows by the same statements, each event, each detail and the whole hashed: no parsing, no comparing. */
async function readAndHash(client: Client): Promise<string> {
  const whole = createHash('sha256');
  let next: Promise<string[]> | null = copyLines(client, eventsAfter(null));
  while (next) {
    const lines: string[] = await next;
    const last = lines.at(-1);
    next = last === undefined ? null : copyLines(client, eventsAfter(last.slice(0, last.indexOf('\t'))));
    for (const line of lines) {
      const columns = line.split('\t');
      whole.update(hash('sha256', columns.slice(0, 12).join(','), 'buffer'));
      createHash('sha256')
        .update(Buffer.from(columns[14] ?? '', 'hex'))
        .update(columns[15] ?? '')
        .digest('hex');
    }
  }
  return whole.digest('hex');
}

function withName(url: string): string {
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

function readJson(file: string): { stamp: string; key: string } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { stamp: string; key: string };
  } catch {
    return null;
  }
}
