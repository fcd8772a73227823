import pg from 'pg';

/** The audit log: the application can add rows and read them, nothing else. */
const insertOnlyTables = ['audit_event', 'audit_detail', 'audit_seal'];
const readOnlyTables = ['_prisma_migrations'];
const schemas = ['public', 'pgboss'];

/** No DDL. Revokes everything on each table first, so that a right granted by hand is gone after the next start. */
export async function grantApplicationRole(client: pg.Client, role: string): Promise<void> {
  const owner = await client.query<{ name: string }>('SELECT current_user AS name');
  if (owner.rows[0]?.name === role) {
    throw new Error(
      'DATABASE_URL and MIGRATE_DATABASE_URL name the same role. Give the application a role of its own.',
    );
  }
  const grantee = pg.escapeIdentifier(role);
  const statements = [];
  for (const { schema, name } of await listTables(client)) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    statements.push(`REVOKE ALL ON ${table} FROM ${grantee}, PUBLIC`);
    statements.push(`GRANT ${rightsOn(schema, name)} ON ${table} TO ${grantee}`);
  }
  for (const schema of schemas) {
    statements.push(`REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC`);
    statements.push(`GRANT USAGE ON SCHEMA ${schema} TO ${grantee}`);
    statements.push(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${grantee}`);
  }
  // One transaction, so that a running replica never sees a table without its grants.
  await client.query(['BEGIN', ...statements, 'COMMIT'].join(';\n'));
}

/** Throws a sentence for a role that could rewrite history, directly or through a role it is a member of. */
export async function assertAppRoleIsHarmless(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ problem: string }>(problemsSql, [insertOnlyTables, schemas]);
    const problems = rows.map((row) => row.problem);
    if (problems.length === 0) return;
    throw new Error(
      `The role of DATABASE_URL could rewrite the audit log: ${problems.join(', ')}. Use a role that owns nothing.`,
    );
  } finally {
    await client.end();
  }
}

const problemsSql = `
  SELECT 'it is a superuser' AS problem FROM pg_roles WHERE rolname = current_user AND rolsuper
  UNION ALL
  SELECT 'it may make roles' FROM pg_roles WHERE rolname = current_user AND rolcreaterole
  UNION ALL
  SELECT 'it owns ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($2) AND pg_has_role(c.relowner, 'MEMBER')
  UNION ALL
  SELECT 'it may ' || lower(right_name) || ' rows of ' || name
    FROM unnest($1::text[]) AS name, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS right_name
   WHERE to_regclass('public.' || name) IS NOT NULL
     AND (has_table_privilege('public.' || name, right_name)
       OR right_name = 'UPDATE' AND has_any_column_privilege('public.' || name, right_name))
  UNION ALL
  SELECT 'it may make tables in schema ' || name
    FROM unnest($2::text[]) AS name WHERE to_regnamespace(name) IS NOT NULL AND has_schema_privilege(name, 'CREATE')
`;

function rightsOn(schema: string, name: string): string {
  if (schema === 'public' && insertOnlyTables.includes(name)) return 'SELECT, INSERT';
  if (schema === 'public' && readOnlyTables.includes(name)) return 'SELECT';
  return 'SELECT, INSERT, UPDATE, DELETE';
}

async function listTables(client: pg.Client): Promise<{ schema: string; name: string }[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname = ANY ($1) ORDER BY 1, 2`,
    [schemas],
  );
  return rows;
}
