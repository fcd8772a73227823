import { testDatabase } from '@tests/support/database';
import { startMailServer } from '@tests/support/mail';
import { afterAll, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { mailLimits } from '@/lib/limits';
import { drainOutbox } from '@/server/mail/drain';
import { insertEmails, type OutgoingEmail } from '@/server/mail/outbox';
import './test-templates';

const { db, owner } = await testDatabase();
const server = await startMailServer();
afterAll(() => server.close());

const limit = mailLimits.perHourPerAddress;
const news = (to: string): OutgoingEmail => ({
  template: 'test.news',
  params: { words: 'Hello' },
  to: { address: to, name: '' },
  dedupeKey: newId(),
});
const many = (to: string, count: number) => Array.from({ length: count }, () => news(to));
const due = () =>
  owner.query(`UPDATE email SET next_attempt_at = app_now() - interval '1 second' WHERE state = 'pending'`);
const received = (to: string) => server.messages.filter((mail) => mail.to[0] === to).length;

test('no address gets more mails in an hour than anybody needs; the rest waits, says so, and goes out later', async () => {
  await db.$transaction((tx) =>
    insertEmails(tx, [...many('flooded@acme.com', limit + 5), ...many('other@acme.com', 3)]),
  );
  const drain = () => drainOutbox({ smtpUrl: server.url, lanes: 4 });
  await Promise.all([drain(), drain()]);
  for (let again = 0; again < 3; again += 1) {
    await due();
    await drain();
  }
  // Lanes that have one in hand at the same moment count each other, so the last of them may wait as well.
  const first = received('flooded@acme.com');
  expect(first).toBeLessThanOrEqual(limit);
  expect(first).toBeGreaterThan(limit - 8);
  expect(received('other@acme.com')).toBe(3);
  const waiting = await db.email.findMany({ where: { state: 'pending' } });
  expect(waiting.map((mail) => mail.lastError)).toEqual(
    Array(limit + 5 - first).fill(`Waits: this address got ${limit} emails within an hour.`),
  );
  expect(waiting.every((mail) => mail.nextAttemptAt > new Date())).toBe(true);
  await owner.query(`UPDATE email SET sent_at = sent_at - interval '1 hour'`);
  await due();
  await drain();
  expect(received('flooded@acme.com')).toBe(limit + 5);
});
