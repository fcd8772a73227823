import pg from 'pg';
import type { Db } from './client';

/**
 * Postgres cuts off a process that stalls in a transaction or died during a statement, because another process must be
 * able to take over its locks. These are defaults of the application's role: a connection pooler refuses a connection
 * that asks for them itself. While a statement runs, Postgres checks every two seconds whether its client is there.
 */
const stalled = 'idle_in_transaction_session_timeout';
const checked = 'client_connection_check_interval';

/** Saves the defaults, for connections made from now on. The application's role may set its own. */
export async function saveRoleSettings(url: string, stalledSeconds = 10): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN');
    // Replicas start together, and Postgres refuses a role that two of them change at once.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('rollcall.role'))`);
    await saveSetting(client, stalled, stalledSeconds * 1000);
    await client.query('SAVEPOINT before');
    await saveSetting(client, checked, 2000).catch(async (error: unknown) => {
      if (!isUnsupported(error)) throw error;
      await client.query('ROLLBACK TO before');
    });
    await client.query('COMMIT');
    // If this session was made without the defaults, a pooler would go on using it.
    const end = 'SELECT pg_terminate_backend(pg_backend_pid()) FROM pg_settings WHERE name = $1 AND setting <> $2';
    await client.query(end, [stalled, String(stalledSeconds * 1000)]).catch(() => undefined);
  } finally {
    await client.end();
  }
}

/** A sentence for an operator if the defaults do not hold in this process, or null. */
export async function roleSettingsProblem(db: Db, stalledSeconds = 10): Promise<string | null> {
  const [found] = await db.$queryRaw<{ role: string; stalled: number; checked: number }[]>`
    SELECT current_user AS role, max(setting::int) FILTER (WHERE name = ${stalled}) AS stalled,
           max(setting::int) FILTER (WHERE name = ${checked}) AS checked
      FROM pg_settings WHERE name IN (${stalled}, ${checked})`;
  if (!found) return null;
  const missing = [];
  if (found.stalled === 0 || found.stalled > stalledSeconds * 1000) missing.push(stalled);
  if (found.checked === 0 && (await isSupported(db))) missing.push(checked);
  if (missing.length === 0) return null;
  return [
    `The database sessions of the role ${found.role} come without its own settings for ${missing.join(' and ')}.`,
    'Save them with "npm run rollcall -- prepare". If a connection pooler is in between, it must open new connections',
    'after that (PgBouncer: RECONNECT), as the role of DATABASE_URL, and must not reset these settings.',
  ].join(' ');
}

async function saveSetting(client: pg.Client, name: string, milliseconds: number): Promise<void> {
  const { rows } = await client.query<{ database: string; has: boolean }>(
    `SELECT current_database() AS database, EXISTS (
       SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
        WHERE d.datname = current_database() AND s.setrole = current_user::regrole AND $1 = ANY (s.setconfig)) AS has`,
    [`${name}=${milliseconds}`],
  );
  const [found] = rows;
  if (!found || found.has) return;
  const database = pg.escapeIdentifier(found.database);
  await client.query(`ALTER ROLE CURRENT_USER IN DATABASE ${database} SET ${name} = ${milliseconds}`);
}

/** Not every system lets Postgres notice that a client is gone. There the statement ends by itself. */
async function isSupported(db: Db): Promise<boolean> {
  return db.$queryRaw`SELECT set_config(${checked}, '2000', true)`.then(
    () => true,
    (error: unknown) => {
      if (isUnsupported(error)) return false;
      throw error;
    },
  );
}

function isUnsupported(error: unknown): boolean {
  return (
    error instanceof Error && /22023|must be set to 0 on this platform/.test(`${Object(error).code} ${error.message}`)
  );
}
