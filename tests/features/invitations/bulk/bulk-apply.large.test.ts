import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { invitationLink } from '@/features/invitations/send.schema';
import { linkHash } from '@/server/auth/links';
import { change, confirm, makeInvitations, plan, runJob, stateOf } from './bulk.support';

const { db } = await testDatabase();
const count = 1_200;

async function world() {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const ids = await makeInvitations(db, { count, senderId: admin.id, organizationId: admin.organizationId });
  return { admin, ids };
}

/** Runs the job in a process of its own, which dies at the crash point. Returns the signal that ended it. */
async function work(id: string, crashPoint = ''): Promise<string | null> {
  const args = ['--import', 'tsx', 'tests/support/import-worker.ts', 'invitations.apply', id];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ORGANIZATION_EMAILS_PER_HOUR: '5000', ROLLCALL_CRASH_POINT: crashPoint },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  return signal as string | null;
}

/** Every invitation at version 2 with the hash of its new link, one mail each, one event each. */
async function expectEachOnce(id: string) {
  expect(await stateOf(db, id)).toMatchObject({ state: 'done', doneRows: count });
  expect((await stateOf(db, id)).receipt?.counts).toMatchObject({ applied: count, refused: 0, did: { resent: count } });
  const invitations = await db.invitation.findMany({ select: { id: true, version: true, tokenHash: true } });
  expect(invitations.filter(({ version }) => version !== 2)).toEqual([]);
  const wrong = invitations.filter((row) => !Buffer.from(row.tokenHash).equals(linkHash(invitationLink, row.id, 2)));
  expect(wrong).toEqual([]);
  const mails = await db.email.findMany({ select: { subjectId: true, dedupeKey: true, params: true } });
  expect(mails).toHaveLength(count);
  expect(new Set(mails.map(({ subjectId }) => subjectId)).size).toBe(count);
  expect(mails.every(({ params }) => (params as { version?: number }).version === 2)).toBe(true);
  expect(await db.auditEvent.count({ where: { action: 'invitation.resent' } })).toBe(count);
}

test('1,200 matching invitations are resent exactly once, though the job is killed before and after commits', {
  timeout: 300_000,
}, async () => {
  const { admin } = await world();
  const id = await plan(db, admin.id, { do: 'resend', all: '1' });
  expect(await stateOf(db, id)).toMatchObject({ state: 'ready', total: count, counts: { apply: count } });
  await confirm(db, admin.id, id);
  for (const point of ['plan.chunk.beforeCommit:2', 'plan.chunk.afterCommit', 'plan.finish.beforeCommit'])
    expect(await work(id, point)).toBe('SIGKILL');
  expect(await stateOf(db, id)).toMatchObject({ state: 'applying', doneRows: count, receipt: null });
  expect(await work(id)).toBeNull();
  await expectEachOnce(id);
  await runJob('invitations.apply', id);
  await expectEachOnce(id);
});

test('a second plan over the same invitations finds them changed', { timeout: 60_000 }, async () => {
  const { admin } = await world();
  const other = await makeUser(db, { roles: ['system-admin'] });
  const ids = [];
  for (const who of [admin, other]) {
    const id = await plan(db, who.id, { do: 'resend', all: '1' });
    await confirm(db, who.id, id);
    ids.push(id);
  }
  await Promise.all(ids.map((id) => runJob('invitations.apply', id)));
  const receipts = await Promise.all(
    ids.map(async (id) => (await stateOf(db, id)).receipt?.counts as Record<string, number>),
  );
  expect(receipts.reduce((sum, each) => sum + (each.applied ?? 0), 0)).toBe(count);
  expect(receipts.reduce((sum, each) => sum + (each.refused ?? 0), 0)).toBe(count);
  expect(await db.email.count()).toBe(count);
});

test('cancelling 1,200 invitations archives 1,200 people', { timeout: 60_000 }, async () => {
  const { admin } = await world();
  const done = await change(db, admin.id, { do: 'cancel', all: '1' });
  expect(done.receipt?.counts).toMatchObject({ applied: count, did: { cancelled: count } });
  expect(await db.user.count({ where: { status: 'archived', archivedStatus: 'invited' } })).toBe(count);
  expect(await db.auditEvent.count({ where: { action: 'user.archived' } })).toBe(count);
});

test('a selection above the limit is validated by the job', { timeout: 300_000 }, async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  await makeInvitations(db, { count: 10_001, senderId: admin.id });
  const id = await plan(db, admin.id, { do: 'resend', all: '1' });
  expect(await stateOf(db, id)).toMatchObject({ state: 'preparing', hash: null });
  const queued = await db.$queryRaw`SELECT data FROM pgboss.job WHERE name = 'invitations.validate'`;
  expect(queued).toEqual([{ data: { id } }]);
  await runJob('invitations.validate', id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'ready', total: 10_001, counts: { apply: 10_001 } });
  await runJob('invitations.validate', id);
  expect(await db.planRow.count({ where: { planId: id } })).toBe(10_001);
});
