import { verify } from 'node:crypto';
import { testDatabase } from '@tests/support/database';
import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { type AuditEntry, insertAudit } from '@/server/audit';
import { canonicalJson, detailHash, digestOf, sealHash } from '@/server/audit-chain/hashes';
import { auditKeys } from '@/server/keys';
import { sealEvents } from '@/server/seal';

const { db } = await testDatabase();

const context = { actor: { kind: 'system' as const, id: null }, requestId: null, ip: null };
const entry = (n: number): AuditEntry => ({
  action: 'group.created',
  subject: { type: 'test', id: newId() },
  after: { n },
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('seals', () => {
  test('cover every event once, chained and signed with the key that is not in the database', async () => {
    await insertAudit(db, context, [entry(1), entry(2), entry(3)]);
    await sealEvents(db);
    await insertAudit(db, context, [entry(4)]);
    await sealEvents(db);
    const seals = await db.auditSeal.findMany({ orderBy: { id: 'asc' } });
    expect(seals.map(({ id, count }) => [id, count])).toEqual([
      [1n, 3],
      [2n, 1],
    ]);
    let previous = '0'.repeat(64);
    for (const seal of seals) {
      const columns = {
        id: String(seal.id),
        lastSeq: String(seal.lastSeq),
        count: seal.count,
        digest: hex(seal.digest),
        previousHash: previous,
        sealedAt: seal.sealedAt.toISOString(),
      };
      expect(seal.eventHashes).toHaveLength(32 * seal.count);
      expect(digestOf(seal.eventHashes ?? new Uint8Array())).toBe(columns.digest);
      expect(hex(seal.previousHash)).toBe(previous);
      expect(sealHash(columns)).toBe(hex(seal.hash));
      expect(verify(null, seal.hash, auditKeys().publicKey, seal.signature)).toBe(true);
      previous = hex(seal.hash);
    }
  });

  test('wait for an event that has a number but is not committed', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let inserted = () => {};
    const isInserted = new Promise<void>((resolve) => {
      inserted = resolve;
    });
    const slow = db.$transaction(
      async (tx) => {
        await insertAudit(tx, context, [entry(1)]);
        inserted();
        await released;
      },
      { timeout: 10_000 },
    );
    await isInserted;
    await insertAudit(db, context, [entry(2)]);
    expect(await sealEvents(db)).toBe(0);
    release();
    await slow;
    expect(await sealEvents(db)).toBe(2);
  });

  test('are made once when two processes seal at the same time', async () => {
    await insertAudit(
      db,
      context,
      Array.from({ length: 50 }, (_, n) => entry(n)),
    );
    const counts = await Promise.all([sealEvents(db), sealEvents(db), sealEvents(db)]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50);
  });
});

test('details have the same hash after a round trip through the database, whatever the order of their keys', async () => {
  const body = { after: { zeta: 'ÿ', alpha: [1, { b: true, a: null }] }, reason: '“why”' };
  await insertAudit(db, context, [{ action: 'group.created', subject: { type: 'test', id: null }, ...body }]);
  const detail = await db.auditDetail.findFirstOrThrow();
  const event = await db.auditEvent.findFirstOrThrow();
  expect(detailHash(detail.salt, detail.personId, detail.body)).toBe(hex(event.detailHash));
});

test('the application can add to the log but not change or delete it', async () => {
  await insertAudit(db, context, [entry(1)]);
  await expect(db.auditEvent.updateMany({ data: { action: 'x' } })).rejects.toThrow(/permission denied|denied/);
  await expect(db.auditDetail.deleteMany({})).rejects.toThrow(/permission denied|denied/);
});

test('an event without content has no details', async () => {
  await insertAudit(db, context, [{ action: 'group.created', subject: { type: 'test', id: null } }]);
  expect(await db.auditDetail.count()).toBe(0);
  expect(hex((await db.auditEvent.findFirstOrThrow()).detailHash)).toBe('0'.repeat(64));
});

test('times are hashed as they are stored, and numbers that Postgres would write differently are refused', () => {
  expect(canonicalJson({ at: new Date(0), b: undefined, a: [undefined] })).toBe(
    '{"a":[null],"at":"1970-01-01T00:00:00.000Z"}',
  );
  expect(() => canonicalJson({ n: 1e-7 })).toThrow(/whole number/);
  expect(() => canonicalJson({ n: Number.NaN })).toThrow(/whole number/);
});
