import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser } from '@tests/support/factories';
import { startMailServer } from '@tests/support/mail';
import { afterAll, expect, test } from 'vitest';
import { passwordResetEmail } from '@/features/account/password.emails';
import { passwordResetLink } from '@/features/account/password.schema';
import { newId } from '@/lib/ids';
import { mailLimits } from '@/lib/limits';
import { linkHash } from '@/server/auth/links';
import { drainOutbox } from '@/server/mail/drain';
import { insertEmails, type Mail } from '@/server/mail/outbox';
import { testNews } from './mail.support';

const { db, owner } = await testDatabase();
const server = await startMailServer();
afterAll(() => server.close());

const limit = mailLimits.perHourPerAddress;
type News = Mail<typeof testNews.params>;
const news = (to: string): News => ({
  params: { words: 'Hello' },
  to: { address: to, name: '' },
  dedupeKey: newId(),
});
const put = (mails: News[]) => db.$transaction((tx) => insertEmails(tx, testNews, mails));
const many = (to: string, count: number) => Array.from({ length: count }, () => news(to));
const due = () =>
  owner.query(`UPDATE email SET next_attempt_at = app_now() - interval '1 second' WHERE state = 'pending'`);
const received = (to: string) => server.messages.filter((mail) => mail.to[0] === to).length;

test('mails above the hourly limit of an address wait, say so, and go out later', async () => {
  await put([...many('flooded@acme.com', limit + 5), ...many('other@acme.com', 3)]);
  const drain = () => drainOutbox({ smtpUrl: server.url, lanes: 4 });
  await Promise.all([drain(), drain()]);
  for (let again = 0; again < 3; again += 1) {
    await due();
    await drain();
  }
  // Lanes that send at the same moment count each other, so the last of them may wait as well.
  const first = received('flooded@acme.com');
  expect(first).toBeLessThanOrEqual(limit);
  expect(first).toBeGreaterThan(limit - 8);
  expect(received('other@acme.com')).toBe(3);
  const waiting = await db.email.findMany({ where: { state: 'pending' } });
  expect(waiting.map((mail) => mail.lastError)).toEqual(
    Array(limit + 5 - first).fill(`Waiting: this address got ${limit} emails within an hour.`),
  );
  expect(waiting.every((mail) => mail.nextAttemptAt > new Date())).toBe(true);
  await owner.query(`UPDATE email SET sent_at = sent_at - interval '1 hour'`);
  await due();
  await drain();
  expect(received('flooded@acme.com')).toBe(limit + 5);
});

test('the hourly limit of one organization does not depend on mails from others', async () => {
  const [mine, theirs] = [await makeOrganization(db), await makeOrganization(db)];
  const to = 'wanted@acme.com';
  const from = (organizationId: string, count: number) => many(to, count).map((mail) => ({ ...mail, organizationId }));
  const send = async (mails: News[]) => {
    await put(mails);
    await drainOutbox({ smtpUrl: server.url, lanes: 1 });
  };
  await send([...from(theirs.id, limit), ...many(to, limit)]);
  await send(from(mine.id, limit));
  expect(received(to)).toBe(3 * limit);
  await send(from(mine.id, 1));
  expect(received(to)).toBe(3 * limit);
});

test('a mail that waits for the limit loses no attempts', async () => {
  const to = 'patient@acme.com';
  await put(many(to, limit + 1));
  for (let again = 0; again < 12; again += 1) {
    await drainOutbox({ smtpUrl: server.url, lanes: 1 });
    await due();
  }
  expect(await db.email.findFirstOrThrow({ where: { toAddress: to, state: 'pending' } })).toMatchObject({
    attempts: 0,
  });
});

const putReset = (mail: Mail<typeof passwordResetEmail.params>) =>
  db.$transaction((tx) => insertEmails(tx, passwordResetEmail, [mail]));

async function makeReset(minutesLeft: number) {
  const { id: userId, email } = await makeUser(db);
  const id = newId();
  await db.passwordReset.create({
    data: {
      id,
      userId,
      tokenHash: linkHash(passwordResetLink, id, 1),
      expiresAt: new Date(Date.now() + minutesLeft * 60_000),
    },
  });
  const mail = {
    params: { resetId: id, version: 1, minutes: 30 },
    to: { address: email, name: '' },
    dedupeKey: id,
  };
  return { email, mail };
}

test('a flooded mailbox still gets its password reset', async () => {
  const { email, mail } = await makeReset(30);
  await put(many(email, limit));
  await drainOutbox({ smtpUrl: server.url, lanes: 1 });
  expect(received(email)).toBe(limit);
  await putReset(mail);
  await put([news(email)]);
  await drainOutbox({ smtpUrl: server.url, lanes: 1 });
  expect(received(email)).toBe(limit + 1);
  expect(server.messages.at(-1)?.parsed.subject).toMatch(/password/i);
});

test('a mail whose link expired while it waited is not sent', async () => {
  const { email, mail } = await makeReset(-1);
  await putReset(mail);
  await drainOutbox({ smtpUrl: server.url, lanes: 1 });
  expect(received(email)).toBe(0);
  expect(await db.email.findFirstOrThrow({ where: { toAddress: email } })).toMatchObject({
    state: 'unsent',
    lastError: 'Not sent: its link was replaced, cancelled or has expired.',
  });
});
