import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client';

export type Db = PrismaClient;
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/**
 * A request waits at most ten seconds for one of `max` connections. Postgres cuts off a process that stalls in a
 * transaction or died during a statement, because another process must be able to take over its locks.
 */
export function createDb(url: string, max = 10, stalledSeconds = 10): Db {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: stalledSeconds * 1000,
    // While a statement runs, Postgres does not notice a killed client unless it is told to check, here every two
    // seconds. Not every system supports that; there the statement ends by itself.
    onConnect: (client) => client.query('SET client_connection_check_interval = 2000').catch(() => undefined),
  });
  // An idle connection that breaks must not end the process; the next query opens a new one.
  pool.on('error', () => undefined);
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
}
