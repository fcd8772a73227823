import pg from 'pg';
import { env } from '../env';
import { databaseSource } from './database-source';
import type { AuditSource } from './entries';

/** Runs `use` over the log of DATABASE_URL in one snapshot; writes nothing. */
export async function withAuditDatabase<T>(use: (source: AuditSource) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await use(await databaseSource(client));
  } finally {
    await client.end();
  }
}
