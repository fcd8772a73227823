import { beforeEach, describe, expect, test, vi } from 'vitest';
import { passwordResetLink } from '@/features/account/password.schema';
import { invitationLink } from '@/features/invitations/send.schema';
import { writesOn } from '@/server/db/statements';
import '@/handlers';
import { testDatabase } from '@tests/support/database';
import { makePerson, requestFrom, testPassword } from '@tests/support/sign-in';
import { passwordHelpJob } from '@/features/account/password-reset.jobs';
import { findReset, requestReset, resetPassword } from '@/features/account/password-reset.service';
import { newId } from '@/lib/ids';
import { linkHash, linkToken } from '@/server/auth/links';
import { findLiveSession, startSession } from '@/server/auth/session';
import { signIn } from '@/server/auth/sign-in';
import { Fail } from '@/server/fail';
import { makeTools, type PublicWork } from '@/server/handle';
import { jobRegistry } from '@/server/job';
import * as queue from '@/server/queue/job-queue';
import { inUnit } from '@/server/unit';
import { canSignIn } from './account.support';

const { db } = await testDatabase();
const fresh = 'eleven geese on a roof';

// Jobs are tested elsewhere; here only their payloads matter.
vi.mock('@/server/queue/job-queue', () => ({ enqueue: vi.fn() }));

beforeEach(() => {
  vi.mocked(queue.enqueue).mockReset();
});

/** Runs `body` without a signed-in person, as a public action does. */
function asNobody<T>(body: (work: PublicWork) => Promise<T>, ip = '192.0.2.1'): Promise<T> {
  return inUnit(async (tx, ledger) => {
    const request = requestFrom(ip);
    return body({ ...makeTools(tx, { kind: 'anonymous', id: null }, request, ledger), actor: null });
  });
}

async function makeReset(userId: string, expiresAt = new Date(Date.now() + 60_000)) {
  const id = newId();
  await db.passwordReset.create({ data: { id, userId, tokenHash: linkHash(passwordResetLink, id, 1), expiresAt } });
  return { id, token: linkToken(passwordResetLink, id, 1) };
}

const enqueuedFor = () =>
  vi
    .mocked(queue.enqueue)
    .mock.calls.filter(([, job]) => job.name === passwordHelpJob.name)
    .map(([, , payload]) => passwordHelpJob.input.parse(payload))
    .map(({ limit, userId }) => (limit === 'over' ? 'over the limit' : userId));

describe('requesting a link', () => {
  const nobody = '00000000-0000-0000-0000-000000000000';

  test('queues one job for every address, known or unknown', async () => {
    const person = await makePerson(db);
    for (const email of [person.email, 'nobody@acme.example'])
      await asNobody((work) => requestReset(work, { email } as never));
    expect(enqueuedFor()).toEqual([person.id, nobody]);
    const events = await db.auditEvent.findMany({ orderBy: { seq: 'asc' } });
    expect(events.map((event) => [event.action, event.subjectId])).toEqual([
      ['password.help_requested', person.id],
      ['password.help_requested', null],
    ]);
  });

  test('a hundred simultaneous requests from different places send three emails', async () => {
    const person = await makePerson(db);
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        asNobody((work) => requestReset(work, { email: person.email } as never), `198.51.100.${n}`),
      ),
    );
    expect(enqueuedFor().filter((id) => id === person.id)).toHaveLength(3);
    expect(enqueuedFor()).toHaveLength(100);
  });

  const help = (userId: string, isOver = false) =>
    jobRegistry.get('account.password-help')?.handle({ userId, limit: isOver ? 'over' : 'within' });
  const mails = async () => (await db.email.findMany()).map((mail) => [mail.template, mail.toAddress]);

  test('an active person gets a working link, and the earlier link expires', async () => {
    const person = await makePerson(db);
    const older = await makeReset(person.id);
    await help(person.id);
    expect(await mails()).toEqual([['password-reset', person.email]]);
    const mail = await db.email.findFirstOrThrow();
    const { resetId, version } = mail.params as { resetId: string; version: number };
    expect((await findReset(writesOn(db), linkToken(passwordResetLink, resetId, version)))?.user_id).toBe(person.id);
    expect(await findReset(writesOn(db), older.token)).toBeNull();
    expect(JSON.stringify(mail)).not.toContain(linkToken(passwordResetLink, resetId, version));
  });

  test('a stranger who uses up the limit locks nobody out: a link is sent once the last one has expired', async () => {
    const person = await makePerson(db);
    await help(person.id);
    await help(person.id, true);
    expect(await mails()).toHaveLength(1);
    await db.passwordReset.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    await Promise.all(Array.from({ length: 8 }, () => help(person.id, true)));
    expect(await mails()).toHaveLength(2);
    await db.passwordReset.updateMany({ data: { usedAt: new Date(), expiresAt: new Date(Date.now() - 1000) } });
    await help(person.id, true);
    expect(await mails()).toHaveLength(2);
  });

  test('an invited person gets no email above the limit', async () => {
    const invited = await makePerson(db, { status: 'invited', password: null });
    await help(invited.id, true);
    expect(await mails()).toEqual([]);
  });

  test('a source above its own limit is refused first: nothing is queued, read or audited', async () => {
    const person = await makePerson(db);
    const request = (email: string) => asNobody((work) => requestReset(work, { email } as never), '203.0.113.9');
    for (let n = 0; n < 30; n += 1) await request(`nobody${n}@acme.example`);
    vi.mocked(queue.enqueue).mockReset();
    await expect(request(person.email)).rejects.toMatchObject({ code: 'blocked' });
    expect(queue.enqueue).not.toHaveBeenCalled();
    expect(await db.auditEvent.count()).toBe(30);
    await asNobody((work) => requestReset(work, { email: person.email } as never));
    expect(enqueuedFor()).toEqual([person.id]);
  });

  test('an invited person gets a reminder to activate the account', async () => {
    const person = await makePerson(db, { status: 'invited', password: null });
    await help(person.id);
    expect(await mails()).toEqual([['account-awaits-activation', person.email]]);
    expect(await db.passwordReset.count()).toBe(0);
  });

  test.each(['inactive', 'archived'] as const)('an %s person and an unknown address get no email', async (status) => {
    const person = await makePerson(db, { status });
    await help(person.id);
    await help(nobody);
    expect(await mails()).toEqual([]);
    expect(await db.passwordReset.count()).toBe(0);
  });
});

describe('using a link', () => {
  test('sets the password, ends every session and notifies the person', async () => {
    const person = await makePerson(db);
    const sessions = await Promise.all([1, 2].map(() => startSession(writesOn(db), person.id, requestFrom())));
    const { token } = await makeReset(person.id);
    await asNobody((work) => resetPassword(work, { token, newPassword: fresh }));
    for (const session of sessions) expect(await findLiveSession(db, session.token)).toBeNull();
    expect(await canSignIn(person.email, fresh)).toBe(true);
    expect(await canSignIn(person.email, testPassword)).toBe(false);
    expect((await db.email.findMany()).map((mail) => mail.template)).toEqual(['password-changed']);
    expect((await db.auditEvent.findFirst({ where: { action: 'password.reset' } }))?.subjectId).toBe(person.id);
  });

  test('only one of fifty simultaneous requests sets the password', async () => {
    const person = await makePerson(db);
    const { token } = await makeReset(person.id);
    const tries = Array.from({ length: 50 }, (_, n) =>
      asNobody((work) => resetPassword(work, { token, newPassword: `${fresh} number ${n}` })),
    );
    const settled = await Promise.allSettled(tries);
    expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(reasons.every((reason) => reason instanceof Fail && reason.code === 'reset.expired')).toBe(true);
    expect(await db.email.count()).toBe(1);
  }, 60_000);

  test('a refused password does not use the link up', async () => {
    const person = await makePerson(db);
    const { token } = await makeReset(person.id);
    for (const newPassword of ['short', 'passwordpassword', `${person.email}`]) {
      await expect(asNobody((work) => resetPassword(work, { token, newPassword }))).rejects.toThrow(Fail);
    }
    await asNobody((work) => resetPassword(work, { token, newPassword: fresh }));
  });

  test('used, expired, altered, foreign and malformed tokens all get the same answer', async () => {
    const person = await makePerson(db);
    const used = await makeReset(person.id);
    await asNobody((work) => resetPassword(work, { token: used.token, newPassword: fresh }));
    const expired = await makeReset(person.id, new Date(Date.now() - 1000));
    const live = await makeReset(person.id);
    const tokens = [
      used.token,
      expired.token,
      // Ends in two characters that always differ from the real ones.
      `${live.token.slice(0, -2)}${live.token.endsWith('AA') ? 'BB' : 'AA'}`,
      live.token.toLowerCase(),
      `${live.token}=`,
      linkToken(passwordResetLink, live.id, 2),
      linkToken(invitationLink, live.id, 1),
      '',
      '{"not":""}',
      '../../etc/passwd',
      'x'.repeat(1000),
    ];
    for (const token of tokens) {
      expect(await findReset(writesOn(db), token), token).toBeNull();
      await expect(asNobody((work) => resetPassword(work, { token, newPassword: fresh }))).rejects.toThrow(
        'reset.expired',
      );
    }
  });

  test('changes nothing for a person who has been deactivated', async () => {
    const person = await makePerson(db);
    const { token } = await makeReset(person.id);
    await db.user.update({ where: { id: person.id }, data: { status: 'inactive' } });
    await expect(asNobody((work) => resetPassword(work, { token, newPassword: fresh }))).rejects.toThrow(
      'reset.expired',
    );
  });

  test('lifts the lock that strangers caused with wrong passwords', async () => {
    const person = await makePerson(db);
    for (let n = 0; n < 6; n += 1) {
      await signIn({ email: person.email, password: 'wrong', device: null }, requestFrom(`198.51.100.${n}`));
    }
    expect(await canSignIn(person.email, testPassword)).toBe(false);
    const { token } = await makeReset(person.id);
    await asNobody((work) => resetPassword(work, { token, newPassword: fresh }));
    expect(await canSignIn(person.email, fresh)).toBe(true);
  });
});

test('a new password by a mailed link confirms the address and ends an initial password', async () => {
  const person = await makePerson(db, { mustChange: true, expiresAt: new Date(0), hasConfirmedEmail: false });
  const { token } = await makeReset(person.id);
  await asNobody((work) => resetPassword(work, { token, newPassword: fresh }));
  expect((await db.user.findUniqueOrThrow({ where: { id: person.id } })).emailVerifiedAt).not.toBeNull();
  expect(await db.credential.findUniqueOrThrow({ where: { userId: person.id } })).toMatchObject({
    mustChange: false,
    expiresAt: null,
  });
  expect(await canSignIn(person.email, fresh)).toBe(true);
});

test('a link that an operator printed confirms no address', async () => {
  const person = await makePerson(db, { hasConfirmedEmail: false });
  const { id, token } = await makeReset(person.id);
  await db.passwordReset.update({ where: { id }, data: { mailed: false } });
  await asNobody((work) => resetPassword(work, { token, newPassword: fresh }));
  expect((await db.user.findUniqueOrThrow({ where: { id: person.id } })).emailVerifiedAt).toBeNull();
});
