import { testDatabase } from '@tests/support/database';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { enqueue } from '@/server/queue/job-queue';
import { ensureQueues } from '@/server/queue/queues';

const { db, url, owner } = await testDatabase();

const waiting = async (queue: string) =>
  (await owner.query('SELECT 1 FROM pgboss.job WHERE name = $1', [queue])).rows.length;
const put = (queue: string, id: string) => db.$transaction((tx) => enqueue(tx, queue, { id }));

test('at most one job per plan waits, even in a queue made before this rule', async () => {
  await owner.query(`UPDATE pgboss.queue SET policy = 'standard' WHERE name = 'imports.apply'`);
  await ensureQueues({ url });
  const [plan, other] = [newId(), newId()];
  await put('imports.apply', plan);
  await put('imports.apply', plan);
  await put('imports.apply', other);
  expect(await waiting('imports.apply')).toBe(2);
});

test('jobs of a queue without this rule all wait', async () => {
  await put('emails.send', newId());
  await put('emails.send', newId());
  expect(await waiting('emails.send')).toBe(2);
});
