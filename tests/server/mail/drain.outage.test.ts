import { testDatabase } from '@tests/support/database';
import { startMailServer } from '@tests/support/mail';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { drainOutbox } from '@/server/mail/drain';
import { insertEmails } from '@/server/mail/outbox';
import { testNews } from './mail.support';

const { db, owner } = await testDatabase();
const onlyRow = () => db.email.findFirstOrThrow();
const due = () => owner.query(`UPDATE email SET next_attempt_at = app_now() - interval '1 second'`);

test('a mail keeps enough attempts after a long outage', async () => {
  const mail = {
    params: { words: 'Hello' },
    to: { address: 'late@acme.com', name: '' },
    dedupeKey: newId(),
  };
  await db.$transaction((tx) => insertEmails(tx, testNews, [mail]));
  for (let hours = 0; hours < 12; hours += 1) {
    await due();
    await drainOutbox({ smtpUrl: 'smtp://127.0.0.1:9' });
  }
  const waiting = await onlyRow();
  expect(waiting).toMatchObject({ state: 'pending', attempts: 6 });
  expect(waiting?.nextAttemptAt.getTime()).toBeLessThan(Date.now() + 41 * 60_000);
  const back = await startMailServer({ onRcpt: () => ({ code: 451, text: 'greylisted' }) });
  for (let tries = 0; tries < 4; tries += 1) {
    await due();
    await drainOutbox({ smtpUrl: back.url });
  }
  expect(await onlyRow()).toMatchObject({ state: 'pending', attempts: 10 });
  await back.close();
});
