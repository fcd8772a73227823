import { afterAll } from 'vitest';
import type { testDatabase } from './database';

type Owner = Awaited<ReturnType<typeof testDatabase>>['owner'];

/** Sets the time of the database, which then stands still. The usual clock comes back after the file's last test. */
export function databaseClock(owner: Owner): (at: string) => Promise<void> {
  const replace = (now: string) =>
    owner.query(`
      CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT ${now} $$`);
  afterAll(async () => {
    await replace('now()');
  });
  return async (at) => {
    await replace(`'${new Date(at).toISOString()}'::timestamptz`);
  };
}
