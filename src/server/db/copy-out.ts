import { Client } from 'pg';
import { to } from 'pg-copy-streams';
import { exportLimits } from '@/lib/limits';
import { env } from '../env';
import { withLiterals } from './literals';
import { db } from './shared';
import type { ScopedSql } from './sql';

/** A connection of its own, because the pool is for pages, with one snapshot for everything it reads. */
export type CopyOut = {
  rows(statements: readonly ScopedSql[]): AsyncGenerator<Buffer, void, undefined>;
  /** Commits nothing and cancels a running statement. Can be called at any time and repeatedly. */
  release(): Promise<void>;
};

const MIB = 1024 * 1024;

/** Per process: even a request for a seat needs a connection, and a thousand requests must not use up all of them. */
let connections = 0;

/** Null when no export seat is left over all processes. Seats are advisory locks, so a dead process frees its own. */
export async function openCopyOut(person: string): Promise<CopyOut | null> {
  if (connections >= exportLimits.connections) return null;
  connections += 1;
  const client = new Client({ connectionString: env().DATABASE_URL, application_name: 'rollcall export' });
  client.on('error', () => undefined);
  client.once('end', () => {
    connections -= 1;
  });
  try {
    await client.connect();
    const pid = await begin(client);
    const { perPerson, atOnce } = exportLimits;
    const isSeated = (await takeSeat(client, person, perPerson)) && (await takeSeat(client, 'anybody', atOnce));
    if (isSeated) return copyOutOn(client, pid);
  } catch (error) {
    await client.end();
    throw error;
  }
  await client.end();
  return null;
}

async function begin(client: Client): Promise<number> {
  // One export gets no parallel workers, and no compiled plans, as most of its time is output.
  await client.query(`
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL statement_timeout = ${exportLimits.maxMs};
    SET LOCAL idle_in_transaction_session_timeout = ${exportLimits.unusedMs};
    SET LOCAL work_mem = ${exportLimits.sortBytes / 1024};
    SET LOCAL max_parallel_workers_per_gather = 0;
    SET LOCAL jit = off;
    SET LOCAL timezone = 'UTC';
    SET LOCAL datestyle = 'ISO';
    SET LOCAL client_encoding = 'UTF8'`);
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

async function takeSeat(client: Client, whose: string, seats: number): Promise<boolean> {
  for (let seat = 1; seat <= seats; seat += 1) {
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS taken',
      [`export seat ${seat} of ${whose}`],
    );
    if (rows[0]?.taken) return true;
  }
  return false;
}

function copyOutOn(client: Client, pid: number): CopyOut {
  let isFlowing = false;
  let ended: Promise<void> | undefined;
  const end = async () => {
    // When only the socket is closed, a sort goes on until its first row cannot be written.
    if (isFlowing) await db().$queryRaw`SELECT pg_cancel_backend(${pid}::int)`.catch(() => undefined);
    await client.end();
  };
  return {
    async *rows(statements) {
      isFlowing = true;
      for (const statement of statements) {
        yield* client.query(to(`COPY (${withLiterals(statement)}) TO STDOUT`, { highWaterMark: MIB / 4 }));
      }
      isFlowing = false;
    },
    release() {
      ended ??= end();
      return ended;
    },
  };
}
