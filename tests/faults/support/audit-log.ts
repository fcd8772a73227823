import { type KeyObject, sign } from 'node:crypto';
import type { Client } from 'pg';
import { newId } from '@/lib/ids';
import { insertAudit } from '@/server/audit';
import { databaseSource } from '@/server/audit-chain/database-source';
import { type EventEntry, isSeal, type SealEntry } from '@/server/audit-chain/entries';
import { digestOf, eventHash, firstHash, sealHash } from '@/server/audit-chain/hashes';
import type { Db } from '@/server/db/client';
import { sealEvents } from '@/server/seal';

const seals = 8;

/** Writes some fifty events in eight seals, with details of every shape and gaps in the numbers. */
export async function writeLog(db: Db): Promise<void> {
  const people = Array.from({ length: 5 }, () => newId());
  for (let n = 0; n < seals; n += 1) {
    for (let k = 0; k < 4; k += 1) {
      const person = people[(n + k) % people.length] ?? newId();
      const actor = { kind: 'user' as const, id: people[k % people.length] ?? null };
      await insertAudit(db, { actor, requestId: `request-${n}-${k}`, ip: '192.0.2.7' }, [
        {
          action: 'user.updated',
          subject: { type: 'user', id: person },
          organizationId: newId(),
          before: { lastName: `Café ${n}`, version: n + 1, roles: ['editor', 'viewer'], isLocked: false, phone: null },
          after: { lastName: 'Müller “neu”', version: n + 2, roles: ['editor'], isLocked: true, phone: '1' },
          reason: 'Requested\tby mail\n\\o/',
        },
      ]);
      await db.$queryRaw`SELECT nextval('audit_event_seq_seq')`;
    }
    const system = { actor: { kind: 'system' as const, id: null }, requestId: null, ip: null };
    await insertAudit(db, system, [
      { action: 'invitation.expired', subject: { type: 'invitation', id: newId() }, personId: people[0] ?? null },
      { action: 'import.prepared', subject: { type: 'import', id: newId() } },
    ]);
    await sealEvents(db);
  }
}

/** The log as stored, which is also what an attacker with the database sees. */
export async function readLog(client: Client): Promise<{ events: EventEntry[]; seals: SealEntry[] }> {
  const events: EventEntry[] = [];
  const found: SealEntry[] = [];
  for await (const piece of (await databaseSource(client)).pieces()) {
    for (const entry of piece) {
      if (isSeal(entry)) found.push(entry);
      else events.push(entry);
    }
  }
  return { events, seals: found };
}

/** Rewrites the seals from number `from` on over the present events, as somebody who has `key` could. */
export async function reseal(client: Client, key: KeyObject, from = 1): Promise<void> {
  const log = await readLog(client);
  let before = -1;
  let previousHash = firstHash;
  for (const seal of log.seals) {
    const begin = before;
    before = Number(seal.lastSeq);
    if (Number(seal.id) < from) {
      previousHash = seal.hash;
      continue;
    }
    const covered = log.events.filter(({ seq }) => Number(seq) > begin && Number(seq) <= before);
    const eventHashes = Buffer.concat(covered.map((event) => Buffer.from(eventHash(event), 'hex')));
    const made = { ...seal, count: covered.length, digest: digestOf(eventHashes), previousHash };
    const hash = sealHash(made);
    const signature = sign(null, Buffer.from(hash, 'hex'), key);
    await client.query(
      `UPDATE audit_seal SET count = $2, digest = decode($3, 'hex'), previous_hash = decode($4, 'hex'), hash = decode($5, 'hex'),
              signature = $6, event_hashes = $7 WHERE id = $1`,
      [seal.id, covered.length, made.digest, previousHash, hash, signature, eventHashes],
    );
    previousHash = hash;
  }
}
