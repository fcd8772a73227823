import { fromPrisma, PgBoss } from 'pg-boss';
import type { Tx } from '../db/client';
import { env } from '../env';
import type { EnqueueOptions } from '../handle';

const holder = globalThis as { rollcallBoss?: PgBoss };

/** The queue on its own small pool. Its schema comes from our migrations: the application's role may not make tables. */
export function boss(): PgBoss {
  holder.rollcallBoss ??= new PgBoss({
    connectionString: env().DATABASE_URL,
    schema: 'pgboss',
    max: 4,
    migrate: false,
    createSchema: false,
  });
  return holder.rollcallBoss;
}

/** Adds a job inside the caller's transaction: a rollback takes it along. Payloads are ids. */
export async function enqueue(
  tx: Tx,
  queue: string,
  payload: Record<string, string | number>,
  options: EnqueueOptions = {},
) {
  await boss().send(queue, payload, {
    db: fromPrisma(tx),
    ...(options.startAfterSeconds !== undefined && { startAfter: options.startAfterSeconds }),
    ...(options.singletonKey !== undefined && { singletonKey: options.singletonKey }),
    ...(options.priority !== undefined && { priority: options.priority }),
  });
}
