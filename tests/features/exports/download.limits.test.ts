import { once } from 'node:events';
import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser } from '@tests/support/factories';
import { afterEach, expect, test } from 'vitest';
import { peopleListing } from '@/features/exports/users.queries';
import { newId } from '@/lib/ids';
import { exportLimits } from '@/lib/limits';
import { findLiveSession, startSession } from '@/server/auth/session';
import { openCopyOut } from '@/server/db/copy-out';
import { writesOn } from '@/server/db/statements';
import { isStillAllowed, principalOf } from '@/server/handle';
import { exported, overSocket } from './exports.support';

const { db } = await testDatabase();

const usual = { ...exportLimits };
afterEach(() => void Object.assign(exportLimits, usual));

const form = { fields: ['email', 'extension'] };

/** Forty megabytes of people, more than the sockets of both sides can buffer. */
async function makeMany() {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  await db.$executeRaw`
    INSERT INTO "user" (id, email, first_name, extension, status)
    SELECT gen_random_uuid(), 'crowd' || n || '@many.example', 'Many', repeat('5', 8000), 'active'
      FROM generate_series(1, 5000) n`;
  return admin;
}

const running = () => db.$queryRaw`SELECT wait_event FROM pg_stat_activity WHERE application_name = 'rollcall export'`;

const ends = async () =>
  (await db.auditDetail.findMany({ orderBy: { eventId: 'asc' } }))
    .map(({ body }) => (body as { after?: { end?: string } }).after?.end)
    .filter(Boolean);

test.each(['stalledMs', 'maxMs'] as const)(
  'a client that reads nothing loses its slot and snapshot after %s, which no Postgres timeout would end',
  async (limit) => {
    const admin = await makeMany();
    exportLimits[limit] = 1_000;
    const { incoming, close } = await overSocket(await exported(db, admin.id, peopleListing, form));
    await once(incoming, 'readable');
    incoming.read(1000);
    await expect.poll(running, { timeout: 8_000 }).toEqual([]);
    await expect.poll(ends).toEqual(['left']);
    // A client that reads on finds the connection cut and not a file that looks complete.
    const failure = await new Promise((resolve) => {
      incoming.on('error', resolve).on('end', () => resolve('whole'));
      incoming.resume();
    });
    expect(failure).toMatchObject({ code: 'ECONNRESET' });
    await close();
  },
);

test('a slow statement does not count as a slow client', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  exportLimits.stalledMs = 300;
  const answer = await exported(db, admin.id, peopleListing, form, async () => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    return true;
  });
  exportLimits.recheckMs = 0;
  expect(await answer.text()).toContain('email,extension');
  expect(await ends()).toEqual(['whole']);
});

test('losing the permission cuts off the rest of the file', async () => {
  const admin = await makeMany();
  exportLimits.recheckMs = 0;
  let may = true;
  const { incoming, close } = await overSocket(await exported(db, admin.id, peopleListing, form, async () => may));
  await once(incoming, 'readable');
  incoming.read(1000);
  may = false;
  const failure = await new Promise((resolve) => {
    incoming.on('error', resolve).on('end', () => resolve('whole'));
    incoming.resume();
  });
  expect(failure).toMatchObject({ code: 'ECONNRESET' });
  await expect.poll(running).toEqual([]);
  // Written after the slot is released, so it may come a moment later than the connection is cut.
  await expect.poll(ends).toEqual(['left']);
  await close();
});

test('a person who is deactivated, signed out or demoted is no longer allowed to continue', async () => {
  const request = { id: '1', ip: null, path: '/', userAgent: null };
  async function signedIn() {
    const lead = await makeMember(db, { roles: ['org-admin'] });
    const { id, token } = await startSession(writesOn(db), lead.id, request as never);
    const session = await findLiveSession(db, token);
    if (!session) throw new Error('Nobody is signed in.');
    const principal = principalOf(session);
    expect(await isStillAllowed(db, principal)).toBe(true);
    return { lead, id, principal };
  }
  const deactivated = await signedIn();
  await db.user.update({ where: { id: deactivated.lead.id }, data: { status: 'inactive' } });
  expect(await isStillAllowed(db, deactivated.principal)).toBe(false);
  const signedOut = await signedIn();
  await db.session.update({ where: { id: signedOut.id }, data: { endedAt: new Date(), endedAs: 'revoked' } });
  expect(await isStillAllowed(db, signedOut.principal)).toBe(false);
  const demoted = await signedIn();
  await db.membershipRole.deleteMany({ where: { userId: demoted.lead.id } });
  expect(await isStillAllowed(db, demoted.principal)).toBe(false);
});

test('a refused export over the hourly limit releases its slot at once', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  exportLimits.perHourPerPerson = 0;
  await expect(exported(db, admin.id, peopleListing, form)).rejects.toMatchObject({ field: 'often' });
  await expect.poll(running, { timeout: 2_000 }).toEqual([]);
});

test('a hundred simultaneous requests use only a few connections', async () => {
  const person = newId();
  let most = 0;
  const opening = Promise.all(Array.from({ length: 100 }, () => openCopyOut(person)));
  const isOver = opening.then(() => true);
  while (!(await Promise.race([isOver, new Promise<false>((resolve) => setTimeout(() => resolve(false), 5))]))) {
    most = Math.max(most, ((await running()) as unknown[]).length);
  }
  expect(most).toBeLessThanOrEqual(exportLimits.connections);
  const opened = (await opening).filter((out) => out !== null);
  expect(opened).toHaveLength(exportLimits.perPerson);
  await Promise.all(opened.map((out) => out.release()));
  const again = await openCopyOut(person);
  expect(again).not.toBeNull();
  await again?.release();
});
