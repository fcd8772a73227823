import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client';

export type Db = PrismaClient;
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/**
 * A client on a pool of its own. `max` connections; a request waits at most ten seconds for one. A process that stands
 * still in the middle of a transaction is cut off by Postgres: its locks are somebody else's by then. So are those of a
 * process that died while its statement ran.
 */
export function createDb(url: string, max = 10, stalledSeconds = 10): Db {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: stalledSeconds * 1000,
    // Not every system that Postgres runs on can tell that a client is gone; without it, the statement ends by itself.
    onConnect: (client) => client.query('SET client_connection_check_interval = 2000').catch(() => undefined),
  });
  // A connection that dies while idle must not end the process; the next query takes a new one.
  pool.on('error', () => undefined);
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
}
