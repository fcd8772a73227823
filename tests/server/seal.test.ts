import { verify } from 'node:crypto';
import { testDatabase } from '@tests/support/database';
import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { detailHash, insertAudit } from '@/server/audit';
import { auditKeys } from '@/server/keys';
import { digestOf, sealEvents, sealHash } from '@/server/seal';

const { db, owner } = await testDatabase();

const context = { actor: { kind: 'system' as const, id: null }, requestId: null, ip: null };
const entry = (n: number) => ({ action: 'test.happened', subject: { type: 'test', id: newId() }, after: { n } });

describe('seals', () => {
  test('cover every event once, chained and signed with the key that is not in the database', async () => {
    await insertAudit(db, context, [entry(1), entry(2), entry(3)]);
    await sealEvents(db);
    await insertAudit(db, context, [entry(4)]);
    await sealEvents(db);
    const seals = await db.auditSeal.findMany({ orderBy: { id: 'asc' } });
    expect(seals.map((seal) => seal.count)).toEqual([3, 1]);
    let previous: Uint8Array = new Uint8Array(32);
    let after = 0n;
    for (const seal of seals) {
      const events = await db.auditEvent.findMany({
        where: { seq: { gt: after, lte: seal.lastSeq } },
        orderBy: { seq: 'asc' },
      });
      expect(digestOf(events).equals(seal.digest)).toBe(true);
      expect(Buffer.from(previous).equals(seal.previousHash)).toBe(true);
      expect(sealHash(seal).equals(seal.hash)).toBe(true);
      expect(verify(null, seal.hash, auditKeys().publicKey, seal.signature)).toBe(true);
      previous = seal.hash;
      after = seal.lastSeq;
    }
  });

  test('show a changed event', async () => {
    await insertAudit(db, context, [entry(1)]);
    await sealEvents(db);
    const seal = await db.auditSeal.findFirstOrThrow();
    await owner.query(`UPDATE audit_event SET action = 'test.altered'`);
    expect(digestOf(await db.auditEvent.findMany()).equals(seal.digest)).toBe(false);
  });

  test('wait for an event that took its number but is not committed', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
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
        await held;
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

test('details hash the same after a trip through the database, whatever the order of their keys', async () => {
  const body = { after: { zeta: 'ÿ', alpha: [1, { b: true, a: null }] }, reason: '“why”' };
  await insertAudit(db, context, [{ action: 'test.happened', subject: { type: 'test', id: null }, ...body }]);
  const detail = await db.auditDetail.findFirstOrThrow();
  const event = await db.auditEvent.findFirstOrThrow();
  expect(Buffer.from(detailHash(detail.salt, detail.body)).equals(event.detailHash)).toBe(true);
});

test('the application may add to the log but not change or delete it', async () => {
  await insertAudit(db, context, [entry(1)]);
  await expect(db.auditEvent.updateMany({ data: { action: 'x' } })).rejects.toThrow(/permission denied|denied/);
  await expect(db.auditDetail.deleteMany({})).rejects.toThrow(/permission denied|denied/);
});
