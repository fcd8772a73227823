import { testDatabase } from '@tests/support/database';
import { linkOf, startMailServer } from '@tests/support/mail';
import { rotateSecret } from '@tests/support/secret';
import { expect, test, vi } from 'vitest';
import { invitationLink } from '@/features/invitations/send.schema';
import { newId } from '@/lib/ids';
import { linkHash } from '@/server/auth/links';
import { hashToken } from '@/server/auth/session';
import { drainOutbox } from '@/server/mail/drain';
import { insertEmails } from '@/server/mail/outbox';
import { testInvitation } from './mail.support';

vi.mock('@/server/env', { spy: true });

const { db } = await testDatabase();

async function invite(email: string) {
  const [id, userId] = [newId(), newId()];
  await db.user.create({ data: { id: userId, email, status: 'invited' } });
  await db.invitation.create({
    data: { id, userId, email, tokenHash: linkHash(invitationLink, id, 1), expiresAt: new Date(Date.now() + 1e8) },
  });
  const params = { invitationId: id, version: 1, inviter: 'Grace' };
  await db.$transaction((tx) =>
    insertEmails(tx, testInvitation, [{ params, to: { address: email, name: '' }, dedupeKey: id }]),
  );
}

async function sent() {
  const { url, messages, close } = await startMailServer();
  await drainOutbox({ smtpUrl: url });
  await close();
  return messages;
}

async function whereItLeads(text: string) {
  const tokenHash = Buffer.from(hashToken(linkOf(text)?.split('/').at(-1) ?? ''));
  return db.invitation.findUnique({ where: { tokenHash }, select: { email: true, delivery: true } });
}

test('mails that wait while SECRET is exchanged carry links that work, and are recorded as delivered', async () => {
  await invite('before@acme.example');
  rotateSecret('another secret, for tests only, and long enough');
  await invite('after@acme.example');
  const messages = await sent();
  expect(messages).toHaveLength(2);
  for (const { to, parsed } of messages) {
    expect(await whereItLeads(parsed.text ?? '')).toEqual({ email: to[0], delivery: 'sent' });
  }
});

test('a mail whose key is gone is not sent with a link that leads nowhere', async () => {
  await invite('before@acme.example');
  rotateSecret('another secret, for tests only, and long enough', { keep: false });
  expect(await sent()).toEqual([]);
  expect(await db.email.findFirst()).toMatchObject({ state: 'unsent' });
});
