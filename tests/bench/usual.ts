import type { Client } from 'pg';
import { usualPath } from './app';
import { fetchGood } from './http';
import type { BenchDatabase } from './place';
import { median, type Result, ratioResult } from './report';
import { readRows } from './rows';
import { costOf } from './statements';
import { deepAddress, searchTerms } from './terms';
import type { Visitor } from './visitors';

const runs = { pages: 7, statements: 9 };

/** The target is for a million people and OFFSET 900,000: with fewer, the usual way is still cheap. */
function usualResult(given: { id: string; users: number; value: number; limit: number; note: string }): Result {
  const { users, ...rest } = given;
  const result = ratioResult({ ...rest, target: 0.1, unit: 'ms', rule: '≤ 0.1 × at 1M' });
  return { ...result, ok: result.ok || users < 1_000_000 };
}

/**
 * P19: the page after nine tenths and the search for a rare name, compared in turns with the usual way to write them:
 * an exact count and OFFSET, or a search over columns without an index. Measured twice: as whole pages with the same
 * components, and as the statements for rows and count inside Postgres.
 */
export async function measureUsual(
  superuser: Client,
  url: string,
  database: BenchDatabase,
  admin: Visitor,
): Promise<Result[]> {
  const rare = (await searchTerms(superuser, admin)).find((term) => term.name === 'rare')?.q ?? '';
  const deep = await deepAddress(superuser, admin, 50);
  const { rows } = await superuser.query<{ skipped: string }>(
    `SELECT floor(count(*) * 0.9) AS skipped FROM "user" WHERE status <> 'archived'`,
  );
  const skipped = rows[0]?.skipped ?? '0';
  const pages = { url, users: database.users, cookie: admin.cookie };
  const inside = { superuser, database, admin };
  return [
    await comparePages(pages, 'deep', deep, `${usualPath}?skip=${skipped}`),
    await comparePages(pages, 'search', `/users?size=50&q=${rare}`, `${usualPath}?q=${rare}`),
    await compareStatements(
      inside,
      'deep',
      { after: new URL(deep, url).searchParams.get('after') ?? '' },
      'true',
      skipped,
    ),
    await compareStatements(
      inside,
      'search',
      { q: rare },
      `(first_name || ' ' || last_name || ' ' || email) ILIKE '%${rare}%'`,
      '0',
    ),
  ];
}

async function comparePages(
  { url, users, cookie }: { url: string; users: number; cookie: string },
  name: string,
  ours: string,
  usual: string,
): Promise<Result> {
  const [own, theirs]: [number[], number[]] = [[], []];
  for (let run = -1; run < runs.pages; run += 1) {
    const answer = await fetchGood(url + ours, { cookie });
    const other = await fetchGood(url + usual);
    if (run < 0) continue;
    own.push(answer.ms);
    theirs.push(other.ms);
  }
  const [value, limit] = [median(own), median(theirs)];
  const note = `whole pages; the usual one ${limit.toFixed(0)} ms`;
  return usualResult({ id: `P19.${name}@${users}`, users, value, limit, note });
}

async function compareStatements(
  { superuser, database, admin }: { superuser: Client; database: BenchDatabase; admin: Visitor },
  name: string,
  params: Record<string, string>,
  where: string,
  offset: string,
): Promise<Result> {
  const columns = 'id, email, first_name, last_name, phone, status, created_at, last_sign_in_at, last_activity_at';
  const statements = [
    `SELECT count(*) FROM "user" WHERE status <> 'archived' AND ${where}`,
    `SELECT ${columns} FROM "user" WHERE status <> 'archived' AND ${where}
      ORDER BY created_at DESC, id DESC LIMIT 50 OFFSET ${offset}`,
  ];
  const [own, theirs]: [number[], number[]] = [[], []];
  await readRows(database, admin.token, params, runs.statements, async (read) => {
    own.push((await costOf(superuser, read)).ms);
    theirs.push(await insidePostgres(superuser, statements));
  });
  const [value, limit] = [median(own), median(theirs)];
  const { users } = database;
  const note = `rows and count inside Postgres; the usual ones ${limit.toFixed(0)} ms`;
  return usualResult({ id: `P19.${name}.sql@${users}`, users, value, limit, note });
}

export async function insidePostgres(client: Client, statements: string[]): Promise<number> {
  let ms = 0;
  for (const statement of statements) {
    const { rows } = await client.query<{ 'QUERY PLAN': [{ 'Planning Time': number; 'Execution Time': number }] }>(
      `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${statement}`,
    );
    const plan = rows[0]?.['QUERY PLAN'][0];
    ms += (plan?.['Planning Time'] ?? 0) + (plan?.['Execution Time'] ?? 0);
  }
  return ms;
}
