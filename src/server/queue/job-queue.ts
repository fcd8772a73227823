import { fromPrisma, PgBoss, systemClock } from 'pg-boss';
import type { z } from 'zod';
import { errorText, withoutValues } from '@/lib/error-text';
import type { Tx } from '../db/client';
import { env } from '../env';
import { log } from '../log';
import type { Job } from './define-job';

const holder = globalThis as { rollcallSender?: Promise<PgBoss> | undefined };

/** Its timers only refresh a cache, so they must not keep a command alive that added a job. */
const idleClock = {
  ...systemClock,
  setInterval: (tick: () => void, ms: number) => setInterval(tick, ms).unref(),
  setTimeout: (tick: () => void, ms: number) => setTimeout(tick, ms).unref(),
};

// The schema comes from our migrations, because the application's role cannot create tables.
function sender(): Promise<PgBoss> {
  holder.rollcallSender ??= startSender().catch((error: unknown) => {
    // The database was unavailable: the next call tries again.
    holder.rollcallSender = undefined;
    throw error;
  });
  return holder.rollcallSender;
}

async function startSender(): Promise<PgBoss> {
  const jobQueue = new PgBoss({
    connectionString: env().DATABASE_URL,
    schema: 'pgboss',
    max: 1,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
    clock: idleClock,
  });
  jobQueue.on('error', (error) => log('warn', 'queue.error', { message: errorText(error) }));
  return jobQueue.start();
}

/** Runs jobs on a small pool of its own; one per process, in `worker.ts`. */
export function makeWorkerQueue(): PgBoss {
  const jobQueue = new PgBoss({
    connectionString: env().DATABASE_URL,
    schema: 'pgboss',
    max: 4,
    migrate: false,
    createSchema: false,
    // Only the owner can rebuild an index, and the application's role is not the owner.
    reindex: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  jobQueue.on('error', (error) => log('warn', 'queue.error', { message: errorText(error) }));
  jobQueue.on('warning', (warning) => log('warn', 'queue.warning', { message: withoutValues(warning.message) }));
  return jobQueue;
}

/** Adds a job inside the caller's transaction, so a rollback removes it. */
export async function enqueue<S extends z.ZodType>(tx: Tx, job: Job<S>, payload: z.input<NoInfer<S>>) {
  const jobQueue = await sender();
  const data: { id?: unknown } = { ...Object(payload) };
  await jobQueue.send(job.name, data, {
    db: fromPrisma(tx),
    ...(job.queue.onePerId && { singletonKey: String(data.id) }),
  });
}
