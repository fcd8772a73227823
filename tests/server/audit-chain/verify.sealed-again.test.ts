import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase } from '@tests/support/database';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { verifyAuditLog } from '@/commands/verify-audit';
import { newId } from '@/lib/ids';
import { type AuditEntry, insertAudit } from '@/server/audit';
import { databaseSource } from '@/server/audit-chain/database-source';
import { type VerifyOptions, verifyAudit } from '@/server/audit-chain/verify';
import { env } from '@/server/env';
import { auditKeys } from '@/server/keys';
import { type SealMemory, sealEvents } from '@/server/seal';

const { db, owner, ownerUrl } = await testDatabase();
const context = { actor: { kind: 'system' as const, id: null }, requestId: null, ip: null };
const entry = (n: number): AuditEntry => ({
  action: 'user.updated',
  subject: { type: 'user', id: newId() },
  after: { n },
});

async function verify(options: Partial<VerifyOptions> = {}) {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const publicKeys = [auditKeys().publicKey];
    return await verifyAudit(await databaseSource(client), { publicKeys, anchor: null, ...options });
  } finally {
    await client.end();
  }
}

/** The standard output of this process while `body` runs. */
async function outputOf(body: () => Promise<unknown>): Promise<string> {
  let text = '';
  Object.assign(env(), { LOG_LEVEL: 'info' });
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    text += String(piece);
    return true;
  });
  await body().finally(() => write.mockRestore());
  Object.assign(env(), { LOG_LEVEL: 'silent' });
  return text;
}

async function logged() {
  const seals = await db.auditSeal.findMany({ orderBy: { id: 'asc' } });
  return seals.map(({ lastSeq, hash }) => ({ lastSeq: String(lastSeq), hash: Buffer.from(hash).toString('hex') }));
}

const memory: SealMemory = { last: null };

/** Removes the last seal, changes one of its events, and lets the server seal again. */
async function rewind() {
  await owner.query('DELETE FROM audit_seal WHERE id = (SELECT max(id) FROM audit_seal)');
  await owner.query(`UPDATE audit_event SET action = 'user.viewed' WHERE seq = (SELECT max(seq) FROM audit_event)`);
  await insertAudit(db, context, [entry(9)]);
}

beforeEach(async () => {
  memory.last = null;
  for (const n of [1, 2]) {
    await insertAudit(db, context, [entry(n), entry(n)]);
    await sealEvents(db, memory);
  }
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rollcall-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('removed seals whose events the server sealed again are found by the earlier seals in the log, not by the last one', async () => {
  const before = await logged();
  await rewind();
  await sealEvents(db, memory);
  const after = await logged();
  const last = after.at(-1) ?? null;
  expect((await verify({ anchor: last })).ok).toBe(true);
  const verdict = await verify({ anchor: last, earlier: [...before, ...after] });
  expect(verdict.findings.map(({ what, words }) => [what, words])).toEqual([
    ['anchor.missing', expect.stringContaining('sealed again')],
  ]);
});

test('a seal that was made twice is found, whichever of the two is stored', async () => {
  const [first, second] = await logged();
  const other = { lastSeq: String(second?.lastSeq), hash: 'ab'.repeat(32) };
  for (const earlier of [
    [first, second, other],
    [other, second],
  ] as NonNullable<typeof second>[][]) {
    expect((await verify({ earlier })).findings.map(({ what }) => what)).toEqual(['anchor.changed']);
  }
  expect((await verify({ earlier: [first, second, second] as NonNullable<typeof second>[] })).ok).toBe(true);
});

test('a process logs that its own last seal is missing', async () => {
  expect(await outputOf(() => sealEvents(db, memory))).not.toContain('seal_gone');
  const [, second] = await logged();
  await rewind();
  const output = await outputOf(() => sealEvents(db, memory));
  expect(output).toContain(`"audit.seal_gone","seal":"${second?.lastSeq}:${second?.hash}"`);
  expect(await outputOf(() => sealEvents(db, memory))).not.toContain('seal_gone');
});

test('an unsealed event from the future does not count as recent', async () => {
  await insertAudit(db, context, [entry(3)]);
  expect((await verify()).ok).toBe(true);
  await owner.query(
    `UPDATE audit_event SET at = at + interval '1 year' WHERE seq = (SELECT max(seq) FROM audit_event)`,
  );
  expect((await verify()).findings.map(({ what }) => what)).toEqual(['event.unsealed']);
});

test('a backdated event that was sealed is reported', async () => {
  expect((await verify()).backdated).toEqual({ count: 0, first: null });
  await owner.query(
    `INSERT INTO audit_event (id, action, actor_kind, subject_type, detail_hash, at)
     VALUES (gen_random_uuid(), 'user.updated', 'system', 'user', decode(repeat('00', 32), 'hex'), now() - interval '90 days')`,
  );
  await sealEvents(db, memory);
  const last = await db.auditEvent.findFirstOrThrow({ orderBy: { seq: 'desc' } });
  expect(await verify()).toMatchObject({ ok: true, backdated: { count: 1, first: String(last.seq) } });
});

test('the report reads the seals from a log and says what it could not show', async () => {
  const file = path.join(folder, 'worker.log');
  const lines = (await logged()).map(
    ({ lastSeq, hash }) => `worker-1 | {"level":"info","event":"audit.sealed","seal":"${lastSeq}:${hash}","count":2}`,
  );
  await writeFile(file, ['{"event":"job.done"}', ...lines, ''].join('\n'));
  const whole = await outputOf(() => verifyAuditLog(['--log', file]));
  expect(whole).toContain('The audit log is as it was sealed');
  expect(whole).not.toContain('Give --log');
  expect(whole).toContain('nothing was deleted in the seconds before it was sealed');
  expect(whole).not.toContain('does not name');
  const [first, second] = await logged();
  await writeFile(file, `${lines[1]}\n`);
  const late = await outputOf(() => verifyAuditLog(['--log', file]));
  expect(late).toContain(`does not name 1 of the seals, the first of them up to event ${first?.lastSeq}`);
  await writeFile(file, `${lines[0]}\n`);
  const early = await outputOf(() => verifyAuditLog(['--log', file]));
  expect(early).not.toContain('does not name');
  expect(early).toContain('The given seal is not the last one');
  expect(second).toBeDefined();
  const older = await outputOf(() => verifyAuditLog(['--last-seal', `${first?.lastSeq}:${first?.hash}`]));
  expect(older).toContain('The given seal is not the last one');
  expect(older).toContain('Give --log');
  await writeFile(file, 'nothing\n');
  await expect(verifyAuditLog(['--log', file])).rejects.toThrow(/audit\.sealed/);
});
