import { newId } from '@/lib/ids';
import { applicationPermissions, builtInRoles, consolePermissions } from '@/lib/permissions';
import type { Tx } from './db/client';
import { sql } from './db/sql';

/** For joins that decide access. A role whose permissions changed gets a new version: its plans are reviewed again. */
export async function syncCatalogue(tx: Tx) {
  const permissions = [
    ...Object.entries(consolePermissions).map(([key, permission]) => ({ key, application: 'rollcall', ...permission })),
    ...applicationPermissions.map((permission) => ({ ...permission, scoped: true })),
  ];
  await tx.$executeRaw`
    INSERT INTO permission (key, application, area, description, scoped)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(permissions)}::jsonb)
      AS p(key text, application text, area text, description text, scoped boolean)
    ON CONFLICT (key) DO UPDATE SET application = excluded.application, area = excluded.area,
      description = excluded.description, scoped = excluded.scoped`;
  const known = Object.keys(consolePermissions);
  await tx.$executeRaw`DELETE FROM permission WHERE application = 'rollcall' AND NOT key = ANY(${known})`;
  for (const role of builtInRoles) {
    await tx.$executeRaw`
      INSERT INTO role (id, key, name, description, built_in, scope)
      VALUES (${newId()}::uuid, ${role.key}, ${role.name}, ${role.description}, true, ${role.scope}::role_scope)
      ON CONFLICT (key) DO UPDATE SET name = excluded.name, description = excluded.description, scope = excluded.scope`;
    await syncRole(tx, role.key, role.permissions);
  }
}

async function syncRole(tx: Tx, key: string, permissions: 'all' | 'scoped' | readonly string[]) {
  const wanted =
    permissions === 'all'
      ? sql`SELECT key FROM permission`
      : permissions === 'scoped'
        ? sql`SELECT key FROM permission WHERE scoped`
        : sql`SELECT unnest(${[...permissions]}::text[]) AS key`;
  await tx.$executeRaw`
    WITH wanted AS (${wanted}), this AS (SELECT id FROM role WHERE key = ${key}),
    gone AS (DELETE FROM role_permission rp USING this WHERE rp.role_id = this.id
              AND rp.permission NOT IN (SELECT key FROM wanted) RETURNING 1),
    come AS (INSERT INTO role_permission (role_id, permission) SELECT this.id, wanted.key FROM this, wanted
             ON CONFLICT DO NOTHING RETURNING 1)
    UPDATE role SET version = version + 1
     WHERE key = ${key} AND version > 0 AND EXISTS (SELECT 1 FROM gone UNION ALL SELECT 1 FROM come)`;
}
