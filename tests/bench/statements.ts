import type { Client } from 'pg';
import { fetchGood } from './http';
import type { BenchDatabase } from './place';
import { median, type Result, ratioResult } from './report';
import { readRows } from './rows';
import { deepAddress, searchTerms } from './terms';
import type { Visitor } from './visitors';

type Cost = { statements: number; ms: number };

/** What some work costs in the database: statements of the application's role, and the time spent planning and in them. */
async function costOf(superuser: Client, work: () => Promise<unknown>): Promise<Cost> {
  await superuser.query('SELECT pg_stat_statements_reset()');
  await work();
  const { rows } = await superuser.query<Cost>(
    `SELECT coalesce(sum(calls), 0)::int AS statements, coalesce(sum(total_plan_time + total_exec_time), 0)::float8 AS ms
       FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
      WHERE r.rolname = 'rollcall_app' AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows[0] ?? { statements: 0, ms: 0 };
}

async function settled(superuser: Client, url: string, visitor: Visitor, runs: number): Promise<Cost> {
  const costs: Cost[] = [];
  // The first request may touch the session row, which happens once a minute.
  for (let run = -2; run < runs; run += 1) {
    const cost = await costOf(superuser, () => fetchGood(url, { cookie: visitor.cookie }));
    if (run >= 0) costs.push(cost);
  }
  return { statements: median(costs.map((cost) => cost.statements)), ms: median(costs.map((cost) => cost.ms)) };
}

/** P7: as many statements for 100 rows as for 25, on the first page, a search and a filter, and never more than eight. */
export async function measureStatements(
  superuser: Client,
  url: string,
  admin: Visitor,
  users: number,
): Promise<Result> {
  const pages = (size: number) => [
    `/users?size=${size}`,
    `/users?size=${size}&q=example`,
    `/users?size=${size}&status=active`,
  ];
  const counts: { path: string; few: number; many: number }[] = [];
  for (const [index, path] of pages(25).entries()) {
    const few = await settled(superuser, url + path, admin, 3);
    const many = await settled(superuser, url + (pages(100)[index] ?? ''), admin, 3);
    counts.push({ path, few: few.statements, many: many.statements });
  }
  const [worst] = counts.toSorted((a, b) => b.many - a.many);
  if (!worst) throw new Error('P7 has no page');
  const differing = counts.filter(({ few, many }) => few !== many);
  return {
    id: `P7@${users}`,
    value: worst.many,
    limit: worst.few,
    ratio: worst.many / worst.few,
    target: 8,
    ok: differing.length === 0 && worst.many <= 8,
    unit: 'statements',
    rule: '≤ 8, same for 25 and 100',
    note: differing.length ? `differs: ${differing.map(({ path }) => path).join(', ')}` : worst.path,
  };
}

const runs = 15;

/**
 * P19: rows and number of matches as our page reads them, against what people usually write for the same: an exact count
 * and OFFSET, or ILIKE over the columns without an index. In turns; time inside Postgres, planning included, on both sides.
 */
export async function measureUsual(superuser: Client, database: BenchDatabase, admin: Visitor): Promise<Result[]> {
  const { users } = database;
  const columns = 'id, email, first_name, last_name, phone, status, created_at, last_sign_in_at, last_activity_at';
  const order = 'ORDER BY created_at DESC, id DESC';
  const rare = (await searchTerms(superuser, admin)).find((term) => term.name === 'rare')?.q ?? '';
  const like = `(first_name || ' ' || last_name || ' ' || email) ILIKE '%${rare}%'`;
  const usual = (where: string, offset: string) => [
    `SELECT count(*) FROM "user" WHERE ${where}`,
    `SELECT ${columns} FROM "user" WHERE ${where} ${order} LIMIT 50 OFFSET ${offset}`,
  ];
  const compare = async (name: string, params: Record<string, string>, statements: string[]): Promise<Result> => {
    const [ours, theirs]: [number[], number[]] = [[], []];
    await readRows(database, admin.token, params, runs, async (read) => {
      ours.push((await costOf(superuser, read)).ms);
      theirs.push(await insidePostgres(superuser, statements));
    });
    const note = 'the usual way grows with the number of people; at 10,000 it is still cheap';
    const [value, limit] = [median(ours), median(theirs)];
    return ratioResult({ id: `P19.${name}@${users}`, value, limit, target: 0.1, unit: 'ms', note });
  };
  const after = new URL(await deepAddress(superuser, admin, 50), 'http://localhost').searchParams.get('after') ?? '';
  const shown = `status <> 'archived'`;
  const { rows } = await superuser.query<{ skipped: string }>(
    `SELECT floor(count(*) * 0.9) AS skipped FROM "user" WHERE ${shown}`,
  );
  return [
    await compare('deep', { after }, usual(shown, rows[0]?.skipped ?? '0')),
    await compare('search', { q: rare }, usual(`${shown} AND ${like}`, '0')),
  ];
}

async function insidePostgres(client: Client, statements: string[]): Promise<number> {
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
