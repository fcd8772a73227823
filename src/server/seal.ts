import { sign } from 'node:crypto';
import { digestOf, type EventColumns, eventHash, firstHash, sealHash, sealName } from './audit-chain/hashes';
import { crashPoint } from './crash-point';
import type { Db } from './db/client';
import { db } from './db/shared';
import { auditKeys } from './keys';
import { log, logBug } from './log';

type StoredEvent = Omit<EventColumns, 'seq' | 'at' | 'detailHash'> & { seq: bigint; at: Date; detailHash: Uint8Array };

function hashOf({ seq, at, detailHash, ...rest }: StoredEvent): Buffer {
  const columns = {
    ...rest,
    seq: String(seq),
    at: at.toISOString(),
    detailHash: Buffer.from(detailHash).toString('hex'),
  };
  return Buffer.from(eventHash(columns), 'hex');
}

const batchSize = 10_000;

// The number below which no new event can appear, or null while a transaction prevents one. Whoever has a number holds
// a row-exclusive lock until the transaction ends, so waiting for those that held one at the reading is enough, as in
// CREATE INDEX CONCURRENTLY. Not for transaction ids: a long transaction that writes elsewhere must delay nothing.
async function settledSeq(client: Db): Promise<bigint | null> {
  const [top] = await client.$queryRaw<{ last: bigint }[]>`
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM audit_event_seq_seq`;
  const holders = await writers(client);
  for (let wait = 0; wait < 20; wait += 1) {
    const still = await writers(client);
    if (!holders.some((holder) => still.includes(holder))) return top?.last ?? 0n;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}

async function writers(client: Db): Promise<string[]> {
  const rows = await client.$queryRaw<{ holder: string }[]>`
    SELECT virtualtransaction AS holder FROM pg_locks
     WHERE relation = 'audit_event'::regclass AND mode = 'RowExclusiveLock' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return rows.map((row) => row.holder);
}

/** The last seal of this process, kept where the database cannot reach it. */
export type SealMemory = { last: { lastSeq: bigint; hash: string } | null };

/** Logs when that seal is missing: its events are about to be sealed again, changed or not. */
async function warnIfSealIsMissing(client: Db, memory: SealMemory) {
  const { last } = memory;
  if (!last) return;
  const found = await client.auditSeal.findFirst({
    where: { lastSeq: last.lastSeq, hash: fromHex(last.hash) },
    select: { id: true },
  });
  if (found) return;
  log('error', 'audit.seal_gone', {
    seal: sealName(String(last.lastSeq), last.hash),
    cause: 'Somebody removed it, or the database failed over or was restored without it. Verify the audit log.',
  });
  memory.last = null;
}

type Sealed = { count: number; lastSeq: string; hash: string };

/** Seals settled events in batches and returns their number. Two processes at once seal each event once. */
export async function sealEvents(client: Db = db(), memory: SealMemory = { last: null }): Promise<number> {
  await warnIfSealIsMissing(client, memory);
  const limit = await settledSeq(client);
  if (limit === null) return 0;
  let count = 0;
  for (;;) {
    const sealed = await sealBatch(client, limit);
    if (!sealed) return count;
    // The log is outside the database: an attacker who cuts off the end of the chain cannot cut it off there. It is
    // written after the commit, because a seal that is only in the log would look exactly like a cut end.
    log('info', 'audit.sealed', { seal: sealName(sealed.lastSeq, sealed.hash), count: sealed.count });
    memory.last = { lastSeq: BigInt(sealed.lastSeq), hash: sealed.hash };
    crashPoint('seal.afterCommit');
    count += sealed.count;
    if (sealed.count < batchSize) return count;
  }
}

function sealBatch(client: Db, limit: bigint): Promise<Sealed | null> {
  return client.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('rollcall.seal'))::text`;
    const previous = await tx.auditSeal.findFirst({
      orderBy: { id: 'desc' },
      select: { id: true, lastSeq: true, hash: true },
    });
    const events = await tx.auditEvent.findMany({
      where: { seq: { gt: previous?.lastSeq ?? 0n, lte: limit } },
      orderBy: { seq: 'asc' },
      take: batchSize,
    });
    const last = events.at(-1);
    if (!last) return null;
    const eventHashes = new Uint8Array(Buffer.concat(events.map(hashOf)));
    const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT app_now() AS now`;
    const seal = {
      // Not from a sequence: a number lost to a rollback would look like a removed seal.
      id: String((previous?.id ?? 0n) + 1n),
      lastSeq: String(last.seq),
      count: events.length,
      digest: digestOf(eventHashes),
      previousHash: previous ? Buffer.from(previous.hash).toString('hex') : firstHash,
      sealedAt: (clock?.now ?? new Date()).toISOString(),
    };
    const hash = sealHash(seal);
    await tx.auditSeal.create({
      data: {
        id: BigInt(seal.id),
        lastSeq: last.seq,
        count: seal.count,
        digest: fromHex(seal.digest),
        previousHash: fromHex(seal.previousHash),
        sealedAt: seal.sealedAt,
        eventHashes,
        hash: fromHex(hash),
        signature: new Uint8Array(sign(null, fromHex(hash), auditKeys().privateKey)),
      },
    });
    crashPoint('seal.beforeCommit');
    return { count: seal.count, lastSeq: seal.lastSeq, hash };
  });
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

export function startSealing(): () => Promise<void> {
  let isStopped = false;
  const memory: SealMemory = { last: null };
  const run = async () => {
    while (!isStopped) {
      await sealEvents(db(), memory).catch((error: unknown) => logBug(error, { in: 'audit.seal' }));
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
  const finished = run();
  return async () => {
    isStopped = true;
    await finished;
  };
}
