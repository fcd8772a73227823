import { testDatabase } from '@tests/support/database';
import { makeUser, workAs, workAsNobody } from '@tests/support/factories';
import { makePerson, requestFrom, testPassword } from '@tests/support/sign-in';
import { expect, test, vi } from 'vitest';
import { changePassword } from '@/features/account/password.service';
import { resetPassword } from '@/features/account/password-reset.service';
import { findChangeByToken } from '@/features/users/email-change/pending.queries';
import { requestOwnEmailChange } from '@/features/users/email-change/request.service';
import { hashToken, startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import type { Work } from '@/server/work';
import { asSession } from '../../account/account.support';
import { refuses } from '../users.support';
import { addressOf, changes } from './email-change.support';

const { db } = await testDatabase();
const { request, confirm, token } = changes(db);

vi.mock('@/server/queue/job-queue', () => ({ enqueue: vi.fn() }));

const fresh = 'eleven geese on a roof';

/** The request of a thief who knows the password. */
function requestOwn(id: string, email: string) {
  return workAs(db, id, (work: Work<'account.own'>) =>
    requestOwnEmailChange(work, { email: addressOf(email), currentPassword: testPassword }),
  );
}

async function resetByLink(userId: string) {
  const link = Buffer.from(userId.replaceAll('-', '')).toString('base64url').slice(0, 43).padEnd(43, 'x');
  await db.passwordReset.create({
    data: { id: userId, userId, tokenHash: Buffer.from(hashToken(link)), expiresAt: new Date(Date.now() + 60_000) },
  });
  await workAsNobody(db, (work) => resetPassword(work, { token: link, newPassword: fresh }));
}

async function changeInAccount(userId: string) {
  const { token: session } = await startSession(writesOn(db), userId, requestFrom());
  await asSession(session, (work: Work<'session.own'>) =>
    changePassword(work, { currentPassword: testPassword, newPassword: fresh, next: '' }),
  );
}

test.each([
  ['by the link in an email', resetByLink],
  ['in their account', changeInAccount],
])('a new password, set %s, cancels an email change that was requested with the old one', async (_, setPassword) => {
  const robin = await makePerson(db);
  await requestOwn(robin.id, `thief-${robin.id}@example.com`);
  const link = await token(robin.id);
  await setPassword(robin.id);
  expect(await findChangeByToken(writesOn(db), link)).toBeNull();
  await refuses(confirm(link), 'email_change.expired');
  expect((await db.user.findUniqueOrThrow({ where: { id: robin.id } })).email).toBe(robin.email);
  const [event] = await db.auditEvent.findMany({
    where: { action: 'user.email_change_cancelled', subjectId: robin.id },
  });
  const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event?.id ?? '' } });
  expect(detail.body).toMatchObject({ before: { email: `thief-${robin.id}@example.com` }, after: { email: null } });
});

test('a new password does not cancel an email change that an admin requested', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const robin = await makePerson(db);
  await request(ada.id, robin.id, 'robin@example.com');
  const link = await token(robin.id);
  await resetByLink(robin.id);
  expect(await confirm(link)).toBe('confirmed');
});
