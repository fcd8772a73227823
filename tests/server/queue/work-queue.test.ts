import { testDatabase } from '@tests/support/database';
import { PgBoss } from 'pg-boss';
import { afterAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import * as log from '@/server/log';
import { defineJob } from '@/server/queue/define-job';
import { enqueue } from '@/server/queue/job-queue';
import { ensureQueues } from '@/server/queue/queues';
import { workQueue } from '@/server/queue/work-queue';

vi.mock('@/server/log', { spy: true });

const { db, url, owner } = await testDatabase();
const input = z.object({ id: z.string() });
// So slow that whatever waits for the next turn fails the test.
const queue = { pollSeconds: 60, batch: 10 };
const each = defineJob({ name: 'test.each', input, queue });
const wakeUp = defineJob({ name: 'test.wake-up', input, queue: { ...queue, wakeUps: true } });

const jobQueue = new PgBoss({ connectionString: url, schema: 'pgboss', max: 2, migrate: false, createSchema: false });
afterAll(() => jobQueue.stop({ graceful: false }));

const states = async (name: string) =>
  (
    await owner.query<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM pgboss.job WHERE name = $1 GROUP BY state ORDER BY state',
      [name],
    )
  ).rows.map(({ state, count }) => `${count} ${state}`);

test('a full queue is worked without pauses, and a job that fails takes no other one with it', async () => {
  vi.mocked(log.logBug).mockReturnValue('0123abcd');
  await ensureQueues([each, wakeUp], url);
  await db.$transaction(async (tx) => {
    for (let n = 0; n < 35; n += 1) await enqueue(tx, each, { id: String(n) });
    for (let n = 0; n < 9; n += 1) await enqueue(tx, wakeUp, { id: String(n) });
  });
  await jobQueue.start();
  const handled: string[] = [];
  const handle = async (payload: unknown) => {
    const { id } = input.parse(payload);
    handled.push(id);
    if (id === '3') throw new Error('This one fails.');
  };
  await workQueue(jobQueue, { job: each, handle });
  await vi.waitFor(async () => expect(await states(each.name)).toEqual(['1 retry', '34 completed']), 10_000);
  expect(new Set(handled).size).toBe(35);
  // What an error says may be personal, and the queue keeps the output of a job.
  const { rows } = await owner.query<{ output: unknown }>(`SELECT output FROM pgboss.job WHERE state = 'retry'`);
  expect(JSON.stringify(rows)).toMatch(/Reference in the log: [0-9a-f]{8}/);
  expect(JSON.stringify(rows)).not.toContain('This one fails.');

  await workQueue(jobQueue, { job: wakeUp, handle });
  await vi.waitFor(async () => expect(await states(wakeUp.name)).toEqual(['9 completed']), 10_000);
  expect(handled).toHaveLength(36);
});
