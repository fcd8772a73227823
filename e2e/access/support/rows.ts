import { readFileSync } from 'node:fs';
import { resetStatement } from '@tests/support/reset';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';

/** Changes that are ignored here: when somebody was last seen, sign-in attempts and their counters, logged refusals. */
const touched = ['last_seen_at', 'last_activity_at', 'last_sign_in_at'];
const uncounted = new Set(['throttle', 'sign_in_attempt', 'audit_seal']);
const refusals = `(action LIKE 'access.%' OR action IN ('session.refused', 'source.blocked', 'password.change_refused'))`;

let client: pg.Client;

/** Connects to the database of the server and resets its rows before the first test of the file. */
export function watchRows() {
  beforeAll(async () => {
    client = new pg.Client({ connectionString: inject('access').superuserUrl });
    await client.connect();
    // The fingerprint reads many small tables, and starting workers for that costs ten times as much as reading them.
    await client.query('SET max_parallel_workers_per_gather = 0');
    await resetRows();
    newBugs();
  });
  afterAll(() => client.end());
}

export async function resetRows() {
  await client.query(`SET lock_timeout = '10s'`);
  await client.query(resetStatement);
}

export async function sql<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query<T>(text, values)).rows;
}

export type Fingerprint = Record<string, string>;
let statement: string | undefined;

/** A digest of the rows of each table. */
export async function fingerprint(): Promise<Fingerprint> {
  statement ??= await fingerprintStatement();
  const { rows } = await client.query<{ name: string; digest: string }>({ name: 'fingerprint', text: statement });
  return Object.fromEntries(rows.map((row) => [row.name, row.digest]));
}

export function changedTables(before: Fingerprint, after: Fingerprint, except: string[] = []): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name] && !except.includes(name));
}

/** The tables in which a row contains this text. */
export async function tablesWith(text: string): Promise<string[]> {
  const tables = Object.keys(await fingerprint());
  const looks = tables.map(
    (name) => `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0)`,
  );
  return (await sql<{ name: string }>(looks.join(' UNION ALL '), [text])).map(({ name }) => name);
}

async function fingerprintStatement(): Promise<string> {
  const tables = await sql<{ name: string; full: string; ignored: string[] }>(
    `SELECT c.relname AS name, format('%I.%I', n.nspname, c.relname) AS full,
            ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attname = ANY($1)) AS ignored
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname IN ('public', 'pgboss') ORDER BY 1`,
    [touched],
  );
  return tables
    .filter(({ name }) => !uncounted.has(name))
    .map(({ name, full, ignored }) => {
      const where =
        name === 'audit_event'
          ? `WHERE NOT ${refusals}`
          : name === 'audit_detail'
            ? `WHERE event_id NOT IN (SELECT id FROM audit_event WHERE ${refusals})`
            : '';
      // As JSON only where a column is left out, because that takes longer.
      const row = ignored.length > 0 ? `to_jsonb(t) - '{${ignored.join(',')}}'::text[]` : 't';
      return `SELECT '${full}' AS name, md5(coalesce(string_agg(line, ',' ORDER BY line COLLATE "C"), '')) AS digest
                FROM (SELECT (${row})::text AS line FROM ${full} t ${where}) lines`;
    })
    .join(' UNION ALL ');
}

/** How many refusals of each person are in the audit log, by the person's id. */
export async function countDenials(): Promise<Map<string, number>> {
  const rows = await sql<{ actor: string; count: number }>(
    `SELECT actor_id AS actor, count(*)::int AS count FROM audit_event WHERE action = 'access.denied' GROUP BY actor_id`,
  );
  return new Map(rows.map(({ actor, count }) => [actor, count]));
}

/** A repeated refusal is logged once an hour; from here on each is logged once more. */
export async function forgetDenials() {
  await sql(`DELETE FROM throttle WHERE key LIKE 'noted-denied:%'`);
}

export async function denialsOf(userId: string): Promise<number> {
  return (await countDenials()).get(userId) ?? 0;
}

let readUpTo = 0;

/** The lines of the server's log since the last call. */
export function newLines(): string[] {
  const text = readFileSync(inject('access').log, 'utf8');
  const fresh = text.slice(readUpTo);
  readUpTo = text.length;
  return fresh.split('\n').filter((line) => line !== '');
}

/** Unexpected log lines since the last call: bugs, and errors that Next wrote to stderr. */
export function newBugs(): string[] {
  return newLines().filter((line) => /"event":"bug"|⨯|Error:|unhandled/i.test(line));
}
