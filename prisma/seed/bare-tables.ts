import type { Client } from 'pg';

/** Tables that get many rows. The other tables keep their indexes. */
const filled = [
  'user',
  'organization',
  'membership',
  'membership_role',
  'user_role',
  'group',
  'group_member',
  'team',
  'team_member',
  'invitation',
  'invitation_role',
  'email',
  'session',
  'audit_event',
  'audit_detail',
];

/**
 * Drops foreign keys and all indexes except those of primary keys, and returns a function that puts them back. Building
 * an index over a million rows is several times faster than updating it row by row; a foreign key then takes one join.
 */
export async function stripTables(client: Client): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ at: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS at, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
        AND conrelid IN (SELECT oid FROM pg_class WHERE relname = ANY ($1))`,
    [filled],
  );
  for (const { at, name } of keys) await client.query(`ALTER TABLE ${at} DROP CONSTRAINT ${name}`);
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
       FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
      WHERE t.relnamespace = 'public'::regnamespace AND t.relname = ANY ($1)
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
      ORDER BY t.relname, name`,
    [filled],
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  return async () => {
    for (const { definition } of indexes) await client.query(definition);
    for (const { at, name, definition } of keys) {
      await client.query(`ALTER TABLE ${at} ADD CONSTRAINT ${name} ${definition}`);
    }
  };
}
