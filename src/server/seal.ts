import { createHash, sign } from 'node:crypto';
import { canonicalJson } from './audit';
import type { Db } from './db/client';
import { db } from './db/shared';
import { auditKeys } from './keys';
import { log, logBug } from './log';

export type SealedEvent = {
  seq: bigint;
  id: string;
  at: Date;
  action: string;
  actorKind: string;
  actorId: string | null;
  actedAsId: string | null;
  subjectType: string;
  subjectId: string | null;
  organizationId: string | null;
  requestId: string | null;
  detailHash: Uint8Array;
};

/** SHA-256 over every column of the event; its details take part through their salted hash alone. */
function eventHash(event: SealedEvent): Buffer {
  const { seq, at, detailHash, ...rest } = event;
  const body = { ...rest, seq: String(seq), at: at.toISOString(), detailHash: Buffer.from(detailHash).toString('hex') };
  return createHash('sha256').update(canonicalJson(body)).digest();
}

export function digestOf(events: SealedEvent[]): Buffer {
  const digest = createHash('sha256');
  for (const event of events) digest.update(eventHash(event));
  return digest.digest();
}

/** SHA-256 over what the seal says and the seal before it; this is what gets signed. */
export function sealHash(seal: {
  lastSeq: bigint;
  count: number;
  digest: Uint8Array;
  previousHash: Uint8Array;
}): Buffer {
  const body = {
    lastSeq: String(seal.lastSeq),
    count: seal.count,
    digest: Buffer.from(seal.digest).toString('hex'),
    previousHash: Buffer.from(seal.previousHash).toString('hex'),
  };
  return createHash('sha256').update(canonicalJson(body)).digest();
}

const firstHash = Buffer.alloc(32);
const batchSize = 10_000;

/**
 * The highest sequence number below which nothing can appear any more, or null while somebody holds it up. Whoever has
 * taken a number holds a row-exclusive lock on the table until their transaction ends, so it is enough to wait for
 * those who held one when the number was read: what CREATE INDEX CONCURRENTLY does.
 */
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

/** Seals what is settled, in batches; answers how many events that were. Two processes at once seal each event once. */
export async function sealEvents(client: Db = db()): Promise<number> {
  const limit = await settledSeq(client);
  if (limit === null) return 0;
  let sealed = 0;
  for (;;) {
    const count = await sealBatch(client, limit);
    sealed += count;
    if (count < batchSize) return sealed;
  }
}

function sealBatch(client: Db, limit: bigint): Promise<number> {
  return client.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('rollcall.seal'))::text`;
    const previous = await tx.auditSeal.findFirst({ orderBy: { id: 'desc' }, select: { lastSeq: true, hash: true } });
    const events = await tx.auditEvent.findMany({
      where: { seq: { gt: previous?.lastSeq ?? 0n, lte: limit } },
      orderBy: { seq: 'asc' },
      take: batchSize,
    });
    const last = events.at(-1);
    if (!last) return 0;
    const seal = {
      lastSeq: last.seq,
      count: events.length,
      digest: new Uint8Array(digestOf(events)),
      previousHash: new Uint8Array(previous?.hash ?? firstHash),
    };
    const hash = sealHash(seal);
    const signature = new Uint8Array(sign(null, hash, auditKeys().privateKey));
    await tx.auditSeal.create({ data: { ...seal, hash: new Uint8Array(hash), signature } });
    // The log is outside the database: whoever cuts off the chain's tail there cannot cut it off here.
    log('info', 'audit.sealed', { lastSeq: String(last.seq), count: events.length, hash: hash.toString('hex') });
    return events.length;
  });
}

/** Seals once a second until the answered function is called. */
export function startSealing(): () => Promise<void> {
  let isStopped = false;
  const run = async () => {
    while (!isStopped) {
      await sealEvents().catch((error: unknown) => logBug(error, { in: 'audit.seal' }));
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
  const finished = run();
  return async () => {
    isStopped = true;
    await finished;
  };
}
