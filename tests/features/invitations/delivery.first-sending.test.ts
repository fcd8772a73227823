import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser, workAs } from '@tests/support/factories';
import { startMailServer } from '@tests/support/mail';
import { withQuota } from '@tests/support/quota';
import { afterAll, expect, test } from 'vitest';
import { cancelInvitation } from '@/features/invitations/cancel.service';
import { resendInvitation } from '@/features/invitations/resend.service';
import { jobRegistry } from '@/server/job';
import { drainOutbox } from '@/server/mail/drain';
import { accept, invite, tokenOf } from './invitations.support';
import '@/handlers';

const { db, owner } = await testDatabase();
const setClock = withQuota(owner, 1, '2026-12-01T23:20:00Z');
const smtp = await startMailServer();
afterAll(() => smtp.close());

async function drain() {
  smtp.messages.length = 0;
  await drainOutbox({ smtpUrl: smtp.url, db, lanes: 1 });
  return smtp.messages.map(({ to, parsed }) => ({ to: to[0], text: parsed.text ?? '' }));
}

const reload = (id: string) => db.invitation.findUniqueOrThrow({ where: { id } });
const run = (job: string) => jobRegistry.get(job)?.handle({});
const mailOf = (id: string) => db.email.findFirstOrThrow({ where: { subjectId: id }, orderBy: { id: 'desc' } });

/** Two invitations by an org admin, of which the second waits for the next hour. */
async function waiting() {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = admin;
  const first = await invite(db, admin.id, { organizationId, roles: ['viewer'], email: 'first@example.com' });
  const second = await invite(db, admin.id, { organizationId, roles: ['viewer'], email: 'second@example.com' });
  return { admin, organizationId, first, second };
}

test('the days of an invitation begin when it is sent, in the record and in the email', async () => {
  const { first, second } = await waiting();
  expect(first.expiresAt).toEqual(new Date('2026-12-08T23:20:00Z'));
  expect(second.expiresAt).toEqual(new Date('2026-12-09T00:00:00Z'));
  expect((await drain()).map(({ to }) => to)).toEqual(['first@example.com']);
  // Later than planned: the worker did not run.
  await setClock('2026-12-03T08:00:00Z');
  const [mail, ...more] = await drain();
  expect(more).toEqual([]);
  expect(mail?.text).toContain('until Thursday, December 10, 2026');
  expect(await reload(second.id)).toMatchObject({
    delivery: 'sent',
    sentAt: new Date('2026-12-03T08:00:00Z'),
    expiresAt: new Date('2026-12-10T08:00:00Z'),
  });
});

test('reminders count from the sending, and leave the end of the link as it is', async () => {
  const { second } = await waiting();
  await drain();
  await setClock('2026-12-02T12:00:00Z');
  await drain();
  const end = new Date('2026-12-09T12:00:00Z');
  await setClock('2026-12-05T11:00:00Z');
  await run('invitations.remind');
  expect((await drain()).map(({ to }) => to)).toEqual(['first@example.com']);
  await setClock('2026-12-05T12:30:00Z');
  await run('invitations.remind');
  const [mail] = await drain();
  expect(mail).toMatchObject({ to: 'second@example.com', text: expect.stringContaining('December 9, 2026') });
  expect(await reload(second.id)).toMatchObject({ expiresAt: end, sentAt: new Date('2026-12-02T12:00:00Z') });
});

test('an invitation does not expire before it is sent, however long no worker runs', async () => {
  const { first, second } = await waiting();
  await drain();
  await setClock('2026-12-20T09:00:00Z');
  await run('invitations.expire');
  expect(await reload(first.id)).toMatchObject({ state: 'expired' });
  expect(await reload(second.id)).toMatchObject({ state: 'open' });
  expect((await drain()).map(({ to }) => to)).toEqual(['second@example.com']);
  expect(await reload(second.id)).toMatchObject({ expiresAt: new Date('2026-12-27T09:00:00Z') });
  expect(await accept(db, tokenOf(second))).toMatchObject({ kind: 'accepted' });
});

test('an invitation cancelled while its email waits is not sent, and the log says so at once', async () => {
  const { admin, second } = await waiting();
  await workAs<'users.invite', void>(db, admin.id, (work) => cancelInvitation(work, second.id));
  expect(await mailOf(second.id)).toMatchObject({
    state: 'unsent',
    lastError: 'Not sent: its link was replaced, cancelled or has expired.',
  });
  await setClock('2026-12-02T01:00:00Z');
  expect((await drain()).map(({ to }) => to)).toEqual(['first@example.com']);
});

test('a System Admin who resends a waiting invitation sends it at once, in place of the email that waits', async () => {
  const root = await makeUser(db, { roles: ['system-admin'] });
  const { second } = await waiting();
  const earlier = await mailOf(second.id);
  await workAs<'users.invite', void>(db, root.id, (work) => resendInvitation(work, second.id));
  expect(await db.email.findUniqueOrThrow({ where: { id: earlier.id } })).toMatchObject({ state: 'unsent' });
  expect((await drain()).map(({ to }) => to)).toEqual(['first@example.com', 'second@example.com']);
  expect(await reload(second.id)).toMatchObject({ version: 2, expiresAt: new Date('2026-12-08T23:20:00Z') });
});
