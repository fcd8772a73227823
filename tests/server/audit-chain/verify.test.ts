import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase } from '@tests/support/database';
import { Client } from 'pg';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { type AuditEntry, insertAudit } from '@/server/audit';
import { canonicalBody } from '@/server/audit-chain/canonical-body';
import { databaseSource } from '@/server/audit-chain/database-source';
import { fileSource, writeAuditFile } from '@/server/audit-chain/file-source';
import type { Verdict } from '@/server/audit-chain/findings';
import { canonicalJson } from '@/server/audit-chain/hashes';
import { type VerifyOptions, verifyAudit } from '@/server/audit-chain/verify';
import { auditKeys } from '@/server/keys';
import { sealEvents } from '@/server/seal';

const { db, owner, ownerUrl } = await testDatabase();
const publicKeys = [auditKeys().publicKey];
const context = { actor: { kind: 'system' as const, id: null }, requestId: null, ip: null };
const person = newId();

const entry = (n: number): AuditEntry => ({
  action: 'user.updated',
  subject: { type: 'user', id: person },
  after: { n },
});

beforeEach(async () => {
  await insertAudit(db, context, [entry(1), entry(2)]);
  await sealEvents(db);
  await insertAudit(db, context, [entry(3)]);
  await sealEvents(db);
});

async function verify(options: Partial<VerifyOptions> = {}): Promise<Verdict> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await verifyAudit(await databaseSource(client), { publicKeys, anchor: null, ...options });
  } finally {
    await client.end();
  }
}

const words = ({ findings }: Verdict) => findings.map((finding) => finding.words);

async function lastSeal() {
  const seal = await db.auditSeal.findFirstOrThrow({ orderBy: { id: 'desc' } });
  return { lastSeq: String(seal.lastSeq), hash: Buffer.from(seal.hash).toString('hex') };
}

describe('the audit log', () => {
  test('verifies when nobody changed it', async () => {
    const anchor = await lastSeal();
    const verdict = await verify({ anchor });
    expect(verdict).toMatchObject({ ok: true, events: 3, details: 3, seals: 2, unsealed: 0 });
    expect(verdict.lastSeal).toBe(`${anchor.lastSeq}:${anchor.hash}`);
  });

  test('names the changed event, and the one with changed details', async () => {
    const [first, second] = await db.auditEvent.findMany({ orderBy: { seq: 'asc' } });
    await owner.query('UPDATE audit_event SET action = $2 WHERE id = $1', [first?.id, 'user.created']);
    await owner.query('UPDATE audit_detail SET body = $2 WHERE event_id = $1', [second?.id, '{"after": {"n": 2.0}}']);
    const verdict = await verify();
    expect(verdict.findings.map(({ what, eventId }) => [what, eventId])).toEqual([
      ['event.changed', first?.id],
      ['detail.changed', second?.id],
    ]);
  });

  test('shows a cut-off end only with the last seal from the log', async () => {
    const anchor = await lastSeal();
    await owner.query('DELETE FROM audit_seal WHERE id = 2');
    await owner.query(
      'DELETE FROM audit_detail WHERE event_id = (SELECT id FROM audit_event ORDER BY seq DESC LIMIT 1)',
    );
    await owner.query('DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)');
    expect((await verify()).ok).toBe(true);
    expect(words(await verify({ anchor }))[0]).toContain('cut off after seal 1');
  });

  test('accepts missing details only for a person whom a sealed event names as forgotten', async () => {
    await owner.query('DELETE FROM audit_detail');
    expect((await verify()).findings.map(({ what }) => what)).toEqual(Array(3).fill('detail.missing'));
    await insertAudit(db, context, [{ action: 'person.forgotten', subject: { type: 'user', id: person } }]);
    expect((await verify()).found).toBe(3);
    await sealEvents(db);
    expect(await verify()).toMatchObject({ ok: true, forgotten: 3 });
  });

  test('reports an event that was never sealed', async () => {
    await insertAudit(db, context, [entry(4)]);
    expect(await verify()).toMatchObject({ ok: true, unsealed: 1 });
    await owner.query(
      `UPDATE audit_event SET at = at - interval '5 minutes' WHERE seq > (SELECT max(last_seq) FROM audit_seal)`,
    );
    expect((await verify()).findings.map(({ what }) => what)).toEqual(['event.unsealed']);
  });

  test('accepts a newer key after an older one, and not the other way round', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { hash, ...seal } = await db.auditSeal.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await owner.query('UPDATE audit_seal SET signature = $2 WHERE id = $1', [seal.id, sign(null, hash, privateKey)]);
    const renewed = await verify({ publicKeys: [...publicKeys, publicKey] });
    expect(renewed.ok).toBe(true);
    expect(renewed.keys.map(({ fromSeal, toSeal }) => [fromSeal, toSeal])).toEqual([
      ['1', '1'],
      ['2', '2'],
    ]);
    expect(words(await verify({ publicKeys: [publicKey, ...publicKeys] }))).toEqual([
      'Seal 2 is signed by a key that a newer one had already replaced.',
    ]);
    expect(words(await verify())).toEqual(['Seal 2 is not signed by any of the public keys.']);
  });
});

const folder = await mkdtemp(path.join(tmpdir(), 'rollcall-audit-'));
afterAll(() => rm(folder, { recursive: true }));

describe('a copy of it', () => {
  async function copy(name: string, details: boolean): Promise<string> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const file = path.join(folder, name);
    await writeAuditFile(await databaseSource(client), file, { details });
    await client.end();
    return file;
  }

  test('verifies without a database, with details and without', async () => {
    const options = { publicKeys, anchor: await lastSeal() };
    const whole = await verifyAudit(await fileSource(await copy('whole.jsonl', true)), options);
    expect(whole).toMatchObject({ ok: true, events: 3, details: 3, seals: 2 });
    const file = await copy('bare.jsonl', false);
    expect(await readFile(file, 'utf8')).not.toContain('"body"');
    expect(await verifyAudit(await fileSource(file), options)).toMatchObject({ ok: true, events: 3, details: 0 });
  });

  test('shows which line was changed', async () => {
    const file = await copy('changed.jsonl', true);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('\\"n\\": 3', '\\"n\\": 4'));
    const verdict = await verifyAudit(await fileSource(file), { publicKeys, anchor: null });
    const last = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: 'desc' } });
    expect(verdict.findings.map(({ what, eventId }) => [what, eventId])).toEqual([['detail.changed', last.id]]);
    await writeFile(file, 'name,email\n');
    await expect(fileSource(file)).rejects.toThrow(/not a copy of the audit log/);
  });
});

test('a body must be written exactly as we write it', () => {
  expect(canonicalBody('{"b": 1, "a": "1.0"}')).toBe('{"a":"1.0","b":1}');
  const others = [
    '{"a": 1.0}',
    '{"a": [12345678901234567890]}',
    '{"a": 0.10}',
    '{"a": -0}',
    '{"a": 1e3}',
    '{',
    '',
    '1 ',
  ];
  const sameToParsers = ['{"a": 1, "a": 2}', '{"a":1}', '{"a": "\\u0041"}', '{"a": "\\/"}', '{"a": "\ud800"}'];
  const brokenOff = ['{"a": "b', '{"a": "b\\"}', '{"a" 1}', '{"a": 1,}', '{"a": 1]', '[1 2]', 'nul', '[1]]'];
  for (const text of [...others, ...sameToParsers, ...brokenOff]) expect(canonicalBody(text), text).toBeNull();
  expect(canonicalBody(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeNull();
});

test('any body has the same hash before and after storage in the database', async () => {
  const letters = Array.from({ length: 0x2100 }, (_, code) => String.fromCodePoint(code + 1)).join('');
  const keys = ['', ' ', '!', 'a', 'a!', 'ab', 'b"\\', 'ä', 'é', '\n', '\u2028', '__proto__', '10', '9', '\u{1f600}'];
  for (const body of [
    {
      letters,
      ends: ['\\', '"', '\\"', '\\\\'],
      numbers: [0, -1, 1.5, 1234567890123, -0.001],
      words: [true, false, null],
    },
    Object.fromEntries(keys.map((key, n) => [key, n])),
    Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`key ${n}`, { [n]: [] }])),
    { empty: {}, list: [[], {}, [{ b: 1, a: [2] }]], text: '' },
  ]) {
    const { rows } = await owner.query('SELECT $1::jsonb::text AS text', [JSON.stringify(body)]);
    expect(canonicalBody(rows[0].text)).toBe(canonicalJson(body));
  }
});
