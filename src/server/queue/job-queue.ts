import { fromPrisma, PgBoss, systemClock } from 'pg-boss';
import type { Tx } from '../db/client';
import { env } from '../env';
import { log } from '../log';
import { settingsOf } from './queues';

const holder = globalThis as { rollcallSender?: Promise<PgBoss> | undefined };

/** Its timers only refresh a cache: a command that put a job in must still end by itself. */
const idleClock = {
  ...systemClock,
  setInterval: (tick: () => void, ms: number) => setInterval(tick, ms).unref(),
  setTimeout: (tick: () => void, ms: number) => setTimeout(tick, ms).unref(),
};

/**
 * What puts jobs in, in any process: no timetable, no upkeep, one connection that it needs only to learn about queues.
 * The schema comes from our migrations: the application's role may not make tables.
 */
function sender(): Promise<PgBoss> {
  holder.rollcallSender ??= startSender().catch((error: unknown) => {
    // The database was away: whoever comes next tries again.
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
  jobQueue.on('error', (error) => log('warn', 'queue.error', { message: error.message }));
  return jobQueue.start();
}

/** What works jobs: on its own small pool, with timetable and upkeep. One a process, in `worker.ts`. */
export function makeWorkerQueue(): PgBoss {
  const jobQueue = new PgBoss({
    connectionString: env().DATABASE_URL,
    schema: 'pgboss',
    max: 4,
    migrate: false,
    createSchema: false,
    // Rebuilding an index takes its owner, which the application's role is not.
    reindex: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  jobQueue.on('error', (error) => log('warn', 'queue.error', { message: error.message }));
  jobQueue.on('warning', (warning) => log('warn', 'queue.warning', { message: warning.message }));
  return jobQueue;
}

/** Adds a job inside the caller's transaction: a rollback takes it along. Payloads are ids. */
export async function enqueue(tx: Tx, queue: string, payload: Record<string, string | number | boolean>) {
  const jobQueue = await sender();
  await jobQueue.send(queue, payload, {
    db: fromPrisma(tx),
    ...(settingsOf(queue).onePerId && { singletonKey: String(payload.id) }),
  });
}
