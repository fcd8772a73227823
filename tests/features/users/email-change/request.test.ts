import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { startMailServer } from '@tests/support/mail';
import { expect, onTestFinished, test } from 'vitest';
import { passwordResetLink } from '@/features/account/password.schema';
import { findByToken } from '@/features/invitations/acceptance/link.queries';
import { invitationLink } from '@/features/invitations/send.schema';
import { findChangeByToken, findPendingChange } from '@/features/users/email-change/pending.queries';
import { newId } from '@/lib/ids';
import { linkHash, linkToken } from '@/server/auth/links';
import { startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import { drainOutbox } from '@/server/mail/drain';
import { refuses } from '../users.support';
import { changes } from './email-change.support';

const { db } = await testDatabase();
const { request, now, resend, cancel, confirm, token } = changes(db);

const systemAdmin = () => makeUser(db, { firstName: 'Ada', lastName: 'Admin', roles: ['system-admin'] });
const emailOf = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).email;
const events = (action: string) => db.auditEvent.findMany({ where: { action }, orderBy: { seq: 'asc' } });
const bodyOf = async (action: string) => {
  const [event] = await events(action);
  return (await db.auditDetail.findUniqueOrThrow({ where: { eventId: event?.id ?? '' } })).body;
};

/** Sends the queued mails through a real mail server and returns those that arrived. */
async function deliver() {
  const server = await startMailServer();
  onTestFinished(() => server.close());
  await drainOutbox({ smtpUrl: server.url, db });
  return server.messages.map(({ to, parsed }) => ({
    to: to[0],
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
  }));
}

const linksIn = (text: string) => [...text.matchAll(/\/confirm-email\/([\w-]{43})/g)].map(([, found]) => found);

test('nothing changes until the new address confirms; then links die, sessions end and both get an email', async () => {
  const admin = await systemAdmin();
  const { organizationId, ...person } = await makeMember(db, { email: 'old@example.com', roles: ['viewer'] });
  await startSession(writesOn(db), person.id, { id: newId(), ip: null, userAgent: null, path: '/' });
  const reset = newId();
  await db.passwordReset.create({
    data: {
      id: reset,
      userId: person.id,
      tokenHash: linkHash(passwordResetLink, reset, 1),
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  const invitation = newId();
  const expiresAt = new Date(Date.now() + 60_000);
  await db.invitation.create({
    data: {
      id: invitation,
      userId: person.id,
      tokenHash: linkHash(invitationLink, invitation, 1),
      email: person.email,
      expiresAt,
    },
  });
  const invitationToken = linkToken(invitationLink, invitation, 1);
  expect(await findByToken(writesOn(db), invitationToken)).not.toBeNull();

  await request(admin.id, person.id, 'New@Example.com');
  expect(await emailOf(person.id)).toBe('old@example.com');
  const mails = await deliver();
  expect(mails.map(({ to }) => to).sort()).toEqual(['new@example.com', 'old@example.com']);
  const toNew = mails.find(({ to }) => to === 'new@example.com');
  expect(toNew?.text).toContain('Ada Admin asked');
  expect(mails.find(({ to }) => to === 'old@example.com')?.text).toContain('n…@example.com');
  const [link = ''] = linksIn(toNew?.text ?? '');
  expect(link).toBe(await token(person.id));
  expect(JSON.stringify(await db.email.findMany())).not.toContain(link);

  expect(await confirm(link)).toBe('confirmed');
  const user = await db.user.findUniqueOrThrow({ where: { id: person.id } });
  expect(user).toMatchObject({ email: 'new@example.com', version: 2 });
  expect(user.emailVerifiedAt).not.toBeNull();
  expect(await db.membership.findMany({ where: { userId: person.id } })).toMatchObject([{ email: 'new@example.com' }]);
  expect(await db.session.count({ where: { userId: person.id, endedAt: null } })).toBe(0);
  expect(await db.passwordReset.count({ where: { usedAt: null } })).toBe(0);
  expect(await findByToken(writesOn(db), invitationToken)).toBeNull();
  expect((await deliver()).map(({ to, subject }) => `${to}: ${subject}`).sort()).toEqual([
    'new@example.com: The address of your Rollcall account was changed',
    'old@example.com: The address of your Rollcall account was changed',
  ]);
  expect(await events('user.email_change_requested')).toMatchObject([{ actorId: admin.id, organizationId }]);
  expect(await events('user.email_changed')).toMatchObject([{ actorKind: 'anonymous', organizationId }]);
  expect(await bodyOf('user.email_changed')).toMatchObject({
    before: { email: 'old@example.com' },
    after: { email: 'new@example.com', confirmed: true, requestedBy: admin.id, sessionsEnded: 1 },
  });
  // The link works once; afterwards it only shows that the address was confirmed.
  await refuses(confirm(link), 'email_change.expired');
  expect(await findChangeByToken(writesOn(db), link)).toMatchObject({ state: 'confirmed' });
});

test('a link dies after a newer request, resending, cancelling, its expiry or another change', async () => {
  const ada = await systemAdmin();
  const person = await makeUser(db, { email: 'old@example.com' });
  await request(ada.id, person.id, 'one@example.com');
  const first = await token(person.id);
  await request(ada.id, person.id, 'two@example.com');
  const second = await token(person.id);
  await refuses(confirm(first), 'email_change.expired');
  await resend(ada.id, person.id);
  const third = await token(person.id);
  await refuses(confirm(second), 'email_change.expired');
  await cancel(ada.id, person.id);
  await refuses(confirm(third), 'email_change.expired');
  await refuses(cancel(ada.id, person.id), 'email_change.none');
  await refuses(resend(ada.id, person.id), 'email_change.none');
  expect(await db.emailChange.findMany({ select: { endedAs: true }, orderBy: { createdAt: 'asc' } })).toEqual([
    { endedAs: 'replaced' },
    { endedAs: 'cancelled' },
  ]);

  const can = await canAs<'users.read'>(db, ada.id);
  await request(ada.id, person.id, 'three@example.com');
  const fourth = await token(person.id);
  expect(await findPendingChange(can, { ...person, isManaged: true })).toMatchObject({ isExpired: false });
  await db.emailChange.updateMany({ where: { endedAt: null }, data: { expiresAt: new Date(Date.now() - 1000) } });
  await refuses(confirm(fourth), 'email_change.expired');
  expect(await findPendingChange(can, { ...person, isManaged: true })).toMatchObject({ isExpired: true });
  expect(await findPendingChange(can, { ...person, isManaged: false })).toBeNull();

  await request(ada.id, person.id, 'four@example.com');
  const fifth = await token(person.id);
  await now(ada.id, person.id, 'now@example.com');
  await refuses(confirm(fifth), 'email_change.expired');
  for (const made of ['', 'x'.repeat(43), `${fifth}x`, "' OR true --"])
    await refuses(confirm(made), 'email_change.expired');
  expect(await emailOf(person.id)).toBe('now@example.com');
});

test('only System Admins change an address without confirmation, and it counts as unverified', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const person = await makeMember(db, { organizationId: orgAdmin.organizationId });
  await db.user.update({ where: { id: person.id }, data: { emailVerifiedAt: new Date() } });
  await refuses(now(orgAdmin.id, person.id, 'now@example.com'), 'not_allowed');
  const ada = await systemAdmin();
  await startSession(writesOn(db), person.id, { id: newId(), ip: null, userAgent: null, path: '/' });
  await now(ada.id, person.id, 'now@example.com');
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
    email: 'now@example.com',
    emailVerifiedAt: null,
    version: 2,
  });
  expect(await db.session.count({ where: { endedAt: null } })).toBe(0);
  expect(await bodyOf('user.email_changed')).toMatchObject({ after: { confirmed: false } });
  expect((await deliver()).map(({ to }) => to).sort()).toEqual(['now@example.com', person.email].sort());
});

test('changing strangers, oneself, equals, invited or archived people, or to the same address is refused', async () => {
  const organization = await makeOrganization(db);
  const { id: organizationId } = organization;
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const in_ = (status: 'active' | 'archived' | 'invited', roles: string[] = []) =>
    makeMember(db, { organizationId, status, roles });
  const [person, equal, archived, invited] = [
    await in_('active'),
    await in_('active', ['org-admin']),
    await in_('archived'),
    await in_('invited'),
  ];
  const stranger = await makeMember(db);
  const target = 'new@example.com';
  for (const id of [stranger.id, newId(), 'x']) {
    await refuses(request(orgAdmin.id, id, target), 'not_found');
    await refuses(resend(orgAdmin.id, id), 'not_found');
    await refuses(cancel(orgAdmin.id, id), 'not_found');
  }
  await refuses(request(orgAdmin.id, orgAdmin.id, target), 'user.self');
  await refuses(request(orgAdmin.id, equal.id, target), 'user.outranks');
  await refuses(request(orgAdmin.id, archived.id, target), 'user.archived');
  await refuses(request(orgAdmin.id, invited.id, target), 'user.not_active');
  await refuses(request(orgAdmin.id, person.id, person.email), 'email_change.same');
  await refuses(request(orgAdmin.id, person.id, equal.email), 'user.exists');
  expect(await db.emailChange.count()).toBe(0);
  expect(await db.email.count()).toBe(0);
});

test('only a few links an hour are sent for one person', async () => {
  const ada = await systemAdmin();
  const person = await makeUser(db);
  await request(ada.id, person.id, 'new@example.com');
  for (let n = 0; n < 4; n += 1) await resend(ada.id, person.id);
  await refuses(resend(ada.id, person.id), 'too_many');
  await refuses(request(ada.id, person.id, 'other@example.com'), 'too_many');
  expect(await db.email.count({ where: { template: 'email-change' } })).toBe(5);
});
