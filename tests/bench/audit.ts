import { createPublicKey, hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
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
import { insertRows, type Rows, storedRows } from './audit-rows';
import { type BenchDatabase, benchFolder, hashOf, root } from './place';
import { median, type Result, ratioResult } from './report';
import { signingKey } from './settings';

const events = 1_000_000;
const atOnce = 1_000;
const target = 1.5;
const name = 'bench_audit';

/**
 * P15, in its own database: a million sealed events with details. Appending is compared with inserting the same rows,
 * verifying with reading and hashing them unchecked.
 */
export async function measureAudit(_client: Client, database: BenchDatabase): Promise<Result[]> {
  const url = withName(database.url);
  await prepare(database, url);
  const db = createDb(url, 4);
  try {
    const ownUrl = withName(database.superuserUrl);
    const appended = await withClient(ownUrl, (client) => measureAppend(db, client));
    return [appended, await measureVerify(ownUrl)];
  } finally {
    await db.$disconnect();
  }
}

/** Makes the database unless an up-to-date one exists. */
async function prepare(database: BenchDatabase, url: string): Promise<void> {
  const stampFile = path.join(benchFolder, `${name}.stamp`);
  const sources = hashOf([
    'prisma/migrations',
    'src/server/audit.ts',
    'src/server/seal.ts',
    'src/server/audit-chain/hashes.ts',
  ]);
  const stamp = hash('sha256', sources + signingKey());
  // The file survives when the cluster is recreated.
  const found = await withClient(database.superuserUrl, (client) =>
    client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]),
  );
  const isKept = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (isKept && found.rowCount === 1) return;
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
  await writeFile(stampFile, stamp);
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

/**
 * Both sides roll back, so that neither has a larger table than the other. The limit sends prepared arrays without
 * Prisma, with nothing to hash, salt or number.
 */
async function measureAppend(db: Db, client: Client): Promise<Result> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = -3; run < 30; run += 1) {
    const entries = entriesOf(run * atOnce);
    let rows: Rows = { events: [], details: [] };
    const appended = await timedRollback(db, async (tx) => {
      await insertAudit(tx, context, entries);
      return async () => {
        rows = await storedRows(tx, entries.length);
      };
    });
    const inserted = await insertRows(client, rows);
    if (run < 0) continue;
    ours.push(appended);
    bare.push(inserted);
  }
  const [value, limit] = [median(ours), median(bare)];
  const note = `${atOnce} events with details in one transaction; against INSERT of the same rows, already hashed`;
  return ratioResult({ id: `P15.append@${events}`, value, limit, target, unit: 'ms', note });
}

type Tx = Parameters<Parameters<Db['$transaction']>[0]>[0];

async function timedRollback(db: Db, work: (tx: Tx) => Promise<() => Promise<void>>): Promise<number> {
  let ms = 0;
  const rollback = new Error('rolled back on purpose');
  await db
    .$transaction(async (tx) => {
      const begun = performance.now();
      const after = await work(tx);
      ms = performance.now() - begun;
      await after();
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  return ms;
}

async function measureVerify(url: string): Promise<Result> {
  const privateKey = readSigningKey(signingKey());
  if (!privateKey) throw new Error('the stored signing key cannot be read');
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
  const note =
    'events with details, seals of 10,000; against COPY of the same rows and SHA-256 of each part, unchecked';
  const [value, limit] = [median(ours), median(bare)];
  return ratioResult({ id: `P15.verify@${events}`, value, limit, target, unit: 'ms', note });
}

const salted = Buffer.alloc(65_536);

/**
 * The least that verifying needs: the same rows by the same statements, split into columns, and SHA-256 of each event
 * and each salted detail by the same calls. Nothing is unescaped, made canonical, compared or remembered.
 */
async function readAndHash(client: Client): Promise<string> {
  let last = '';
  let next: Promise<string[]> | null = copyLines(client, eventsAfter(null));
  while (next) {
    const lines: string[] = await next;
    const end = lines.at(-1);
    next = end === undefined ? null : copyLines(client, eventsAfter(end.slice(0, end.indexOf('\t'))));
    for (const line of lines) {
      const columns = line.split('\t');
      last = hash('sha256', columns.slice(0, 12).join(','), 'hex');
      const saltEnd = salted.write(columns[14] ?? '', 0, 'hex');
      const bodyEnd = saltEnd + salted.write(columns[15] ?? '', saltEnd, 'utf8');
      last = hash('sha256', salted.subarray(0, bodyEnd), 'hex');
    }
  }
  return last;
}

function withName(url: string): string {
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}
