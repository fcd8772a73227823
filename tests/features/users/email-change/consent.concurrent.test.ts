import { testDatabase } from '@tests/support/database';
import { makeMember, workAsNobody } from '@tests/support/factories';
import { expect, test, vi } from 'vitest';
import { passwordResetLink } from '@/features/account/password.schema';
import { resetPassword } from '@/features/account/password-reset.service';
import { newId } from '@/lib/ids';
import { linkHash, linkToken } from '@/server/auth/links';
import { changes } from './email-change.support';

const { db } = await testDatabase();
const { request, confirm, token, agree, stop, applyDue, endWait, consentToken } = changes(db);

vi.mock('@/server/queue/job-queue', () => ({ enqueue: vi.fn() }));

async function makeWaiting(n: number) {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const person = await makeMember(db, { organizationId: admin.organizationId, email: `old-${n}@example.com` });
  await request(admin.id, person.id, `new-${n}@example.com`);
  await confirm(await token(person.id));
  return { person, wanted: `new-${n}@example.com`, link: await consentToken(person.id) };
}

/** How the request ended, and whether the person has the new address. */
async function outcome(userId: string) {
  const change = await db.emailChange.findFirstOrThrow({ where: { userId } });
  const { email } = await db.user.findUniqueOrThrow({ where: { id: userId } });
  const [applied, ended] = await Promise.all([
    db.auditEvent.count({ where: { subjectId: userId, action: 'user.email_changed' } }),
    db.auditEvent.count({
      where: { subjectId: userId, action: { in: ['user.email_change_stopped', 'user.email_change_cancelled'] } },
    }),
  ]);
  return { endedAs: change.endedAs, hasNewAddress: email === change.email, applied, ended };
}

const isFulfilled = ({ status }: PromiseSettledResult<unknown>) => status === 'fulfilled';
const changed = { endedAs: 'confirmed', hasNewAddress: true, applied: 1, ended: 0 };
const stopped = { endedAs: 'cancelled', hasNewAddress: false, applied: 0, ended: 1 };

test('when the change is stopped as it takes effect, exactly one wins, ten times', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 10; round += 1) {
    const { person, link } = await makeWaiting(round);
    await endWait(person.id);
    const [stopping, applying] = await Promise.allSettled([stop(link), applyDue()]);
    expect(applying.status, `round ${round}`).toBe('fulfilled');
    expect(await outcome(person.id), `round ${round}`).toEqual(isFulfilled(stopping) ? stopped : changed);
    await db.throttle.deleteMany({});
  }
});

test('when it is agreed to and stopped at once, exactly one wins, ten times', { timeout: 60_000 }, async () => {
  for (let round = 100; round < 110; round += 1) {
    const { person, link } = await makeWaiting(round);
    const [agreeing, stopping] = await Promise.allSettled([agree(link), stop(link)]);
    expect([agreeing, stopping].filter(isFulfilled), `round ${round}`).toHaveLength(1);
    expect(await outcome(person.id), `round ${round}`).toEqual(isFulfilled(stopping) ? stopped : changed);
    await db.throttle.deleteMany({});
  }
});

test('when a new password is set by a mailed link as it takes effect, exactly one wins, ten times', {
  timeout: 60_000,
}, async () => {
  for (let round = 200; round < 210; round += 1) {
    const { person } = await makeWaiting(round);
    await db.credential.create({ data: { userId: person.id, passwordHash: 'old' } });
    const id = newId();
    const expiresAt = new Date(Date.now() + 60_000);
    const tokenHash = linkHash(passwordResetLink, id, 1);
    await db.passwordReset.create({ data: { id, userId: person.id, tokenHash, expiresAt } });
    await endWait(person.id);
    const reset = { token: linkToken(passwordResetLink, id, 1), newPassword: 'eleven geese on a roof' };
    const [resetting, applying] = await Promise.allSettled([
      workAsNobody(db, (work) => resetPassword(work, reset)),
      applyDue(),
    ]);
    expect(applying.status, `round ${round}`).toBe('fulfilled');
    expect(await outcome(person.id), `round ${round}`).toEqual(isFulfilled(resetting) ? stopped : changed);
    const { passwordHash } = await db.credential.findUniqueOrThrow({ where: { userId: person.id } });
    expect(passwordHash === 'old').toBe(!isFulfilled(resetting));
    await db.throttle.deleteMany({});
  }
});
