import { testDatabase } from '@tests/support/database';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { enqueue } from '@/server/queue/job-queue';
import { ensureQueues } from '@/server/queue/queues';

const { db, url, owner } = await testDatabase();

const waiting = async (queue: string) =>
  (await owner.query('SELECT 1 FROM pgboss.job WHERE name = $1', [queue])).rows.length;
const put = (queue: string, id: string) => db.$transaction((tx) => enqueue(tx, queue, { id }));

test('of jobs about the same plan one waits, also in a queue that was made before there was such a rule', async () => {
  await owner.query(`UPDATE pgboss.queue SET policy = 'standard' WHERE name = 'imports.apply'`);
  await ensureQueues({ url });
  const [plan, other] = [newId(), newId()];
  await put('imports.apply', plan);
  await put('imports.apply', plan);
  await put('imports.apply', other);
  expect(await waiting('imports.apply')).toBe(2);
});

test('where every job is one of its own, all of them wait', async () => {
  await put('emails.send', newId());
  await put('emails.send', newId());
  expect(await waiting('emails.send')).toBe(2);
});
