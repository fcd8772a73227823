import { testDatabase } from '@tests/support/database';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '@/lib/ids';
import { defineJob, type Job } from '@/server/queue/define-job';
import { enqueue } from '@/server/queue/job-queue';
import { ensureQueues } from '@/server/queue/queues';

const { db, url, owner } = await testDatabase();

const waiting = async (queue: string) =>
  (await owner.query('SELECT 1 FROM pgboss.job WHERE name = $1', [queue])).rows.length;
const input = z.object({ id: z.string() });
const onePerPlan = defineJob({ name: 'test.one-per-plan', input, queue: { onePerId: true } });
const ordinary = defineJob({ name: 'test.ordinary', input });

const put = (job: Job<typeof input>, id: string) => db.$transaction((tx) => enqueue(tx, job, { id }));

test('at most one job per plan waits, even in a queue made before this rule', async () => {
  await ensureQueues([{ ...onePerPlan, queue: ordinary.queue }], url);
  await ensureQueues([onePerPlan], url);
  const [plan, other] = [newId(), newId()];
  await put(onePerPlan, plan);
  await put(onePerPlan, plan);
  await put(onePerPlan, other);
  expect(await waiting(onePerPlan.name)).toBe(2);
});

test('jobs of a queue without this rule all wait', async () => {
  await ensureQueues([ordinary], url);
  const id = newId();
  await put(ordinary, id);
  await put(ordinary, id);
  expect(await waiting(ordinary.name)).toBe(2);
});
