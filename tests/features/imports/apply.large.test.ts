import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { testDatabase } from '@tests/support/database';
import { canAs, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { importKind } from '@/features/imports/plan-kind.service';
import { applyPlan } from '@/features/plans/applying/chunks.service';
import { db as sharedDb } from '@/server/db/shared';
import type { JobTools } from '@/server/job';
import { inUnit } from '@/server/unit';
import { confirm, importFile, runJob, stateOf, upload, validate } from './import.support';

const { db } = await testDatabase();

function people(count: number): string {
  const lines = ['email,first_name,last_name,role,organization'];
  for (let n = 1; n <= count; n += 1)
    lines.push(`person${n}@example.com,First${n},Last${n},${n % 3 === 0 ? 'member;staff' : 'member'},Acme Corp`);
  return lines.join('\n');
}

async function world() {
  await makeOrganization(db, { name: 'Acme Corp', slug: 'acme' });
  return makeUser(db, { roles: ['system-admin'] });
}

async function expectExactly(count: number, id: string) {
  expect(await stateOf(db, id)).toMatchObject({ state: 'done', doneRows: count });
  expect((await stateOf(db, id)).receipt?.counts).toMatchObject({
    applied: count,
    refused: 0,
    left: 0,
    did: { invited: count },
  });
  expect(await db.user.count({ where: { status: 'invited' } })).toBe(count);
  expect(await db.invitation.count()).toBe(count);
  expect(await db.invitationRole.count()).toBe(count + Math.floor(count / 3));
  expect(await db.email.count()).toBe(count);
  expect(await db.auditEvent.count({ where: { action: 'invitation.created' } })).toBe(count);
}

/** Runs the job in a process of its own that dies at the crash point. Returns the signal that ended it. */
async function work(id: string, crashPoint = ''): Promise<string | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/import-worker.ts', 'imports.apply', id], {
    env: { ...process.env, ROLLCALL_CRASH_POINT: crashPoint },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  return signal as string | null;
}

test('2,000 rows create exactly 2,000 people, and importing the file again changes nothing', {
  timeout: 120_000,
}, async () => {
  const admin = await world();
  const first = await importFile(db, admin.id, people(2_000));
  await expectExactly(2_000, first);
  const before = await Promise.all([db.user.count(), db.auditEvent.count({ where: { action: 'invitation.created' } })]);
  const { id } = await upload(db, admin.id, people(2_000));
  await validate(db, admin.id, id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'ready', total: 0, counts: { unchanged: 2_000 } });
  await expect(confirm(db, admin.id, id)).rejects.toMatchObject({ code: 'plan.state' });
  expect(
    await Promise.all([db.user.count(), db.auditEvent.count({ where: { action: 'invitation.created' } })]),
  ).toEqual(before);
  await expectExactly(2_000, first);
});

test('an import killed before and after commits continues without losing or duplicating anybody', {
  timeout: 120_000,
}, async () => {
  const admin = await world();
  const { id } = await upload(db, admin.id, people(2_000));
  await validate(db, admin.id, id);
  await confirm(db, admin.id, id);
  for (const point of ['plan.chunk.beforeCommit:2', 'plan.chunk.afterCommit', 'plan.finish.beforeCommit'])
    expect(await work(id, point)).toBe('SIGKILL');
  expect(await stateOf(db, id)).toMatchObject({ state: 'applying', doneRows: 2_000, receipt: null });
  expect(await work(id)).toBeNull();
  await expectExactly(2_000, id);
});

test('a worker cannot write after another one took over', { timeout: 60_000 }, async () => {
  const admin = await world();
  const { id } = await upload(db, admin.id, people(1_200));
  await validate(db, admin.id, id);
  await confirm(db, admin.id, id);
  const can = await canAs<'users.import'>(db, admin.id);
  let chunks = 0;
  const slow: JobTools<'users.import'> = {
    can,
    unit: async (body, options) => {
      // Another run applies all remaining rows before its second chunk.
      if (options?.timeoutMs && ++chunks === 2) await runJob('imports.apply', id);
      return unitOf(admin.id, body);
    },
  };
  await applyPlan(importKind, slow, id);
  expect(await stateOf(db, id)).toMatchObject({ epoch: 4 });
  await expectExactly(1_200, id);
});

/** Like `workAs`, for units that need no audit event. */
function unitOf<T>(userId: string, body: Parameters<typeof workAs<'users.import', T>>[2]): Promise<T> {
  return workAs<'users.import', T>(db, userId, body, { exempt: true });
}

test('two imports of one file at the same time create nobody twice', { timeout: 60_000 }, async () => {
  const admin = await world();
  const other = await makeUser(db, { roles: ['system-admin'] });
  const ids = [];
  for (const who of [admin, other]) {
    const { id } = await upload(db, who.id, people(1_500));
    await validate(db, who.id, id);
    await confirm(db, who.id, id);
    ids.push(id);
  }
  await Promise.all(ids.map((id) => runJob('imports.apply', id)));
  expect(await db.user.count({ where: { status: 'invited' } })).toBe(1_500);
  expect(await db.invitation.count()).toBe(1_500);
  const counts = await Promise.all(
    ids.map(async (id) => (await stateOf(db, id)).receipt?.counts as Record<string, number>),
  );
  expect(counts.reduce((sum, each) => sum + (each.applied ?? 0), 0)).toBe(1_500);
  expect(counts.reduce((sum, each) => sum + (each.refused ?? 0), 0)).toBe(1_500);
});

test('a plan whose worker died is found and queued again', async () => {
  const admin = await world();
  const { id } = await upload(db, admin.id, people(10));
  await validate(db, admin.id, id);
  await confirm(db, admin.id, id);
  const { jobRegistry } = await import('@/server/job');
  const queued = async () =>
    (
      await sharedDb().$queryRaw<
        { n: number }[]
      >`SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'imports.apply'`
    )[0]?.n;
  const before = (await queued()) ?? 0;
  await jobRegistry.get('plans.resume')?.handle(null);
  expect(await queued()).toBe(before);
  await inUnit((tx) => tx.$executeRaw`UPDATE plan SET worked_at = app_now() - interval '1 minute'`, { exempt: true });
  await jobRegistry.get('plans.resume')?.handle(null);
  // The job from the confirmation is still queued, and one is enough.
  expect(await queued()).toBe(before);
  await inUnit((tx) => tx.$executeRaw`DELETE FROM pgboss.job WHERE name = 'imports.apply'`, { exempt: true });
  for (let sweeps = 0; sweeps < 3; sweeps += 1) {
    await inUnit((tx) => tx.$executeRaw`UPDATE plan SET worked_at = app_now() - interval '1 minute'`, { exempt: true });
    await jobRegistry.get('plans.resume')?.handle(null);
  }
  expect(await queued()).toBe(1);
});
