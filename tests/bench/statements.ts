import type { Client } from 'pg';
import { fetchGood } from './http';
import { median, type Result } from './report';
import type { Visitor } from './visitors';

const most = 5;

type Cost = { statements: number; ms: number };

/**
 * What `work` costs in the database: statements of the application's role, and their planning and run time in ms. Nothing
 * is reset in between, because a page would pay for storing each statement's text again.
 */
export async function costOf(superuser: Client, work: () => Promise<unknown>): Promise<Cost> {
  const before = await costSoFar(superuser);
  await work();
  const after = await costSoFar(superuser);
  return { statements: after.statements - before.statements, ms: after.ms - before.ms };
}

async function costSoFar(superuser: Client): Promise<Cost> {
  const { rows } = await superuser.query<Cost>(
    `SELECT coalesce(sum(calls), 0)::int AS statements, coalesce(sum(total_plan_time + total_exec_time), 0)::float8 AS ms
       FROM pg_stat_statements(false) s JOIN pg_roles r ON r.oid = s.userid
      WHERE r.rolname = 'rollcall_app' AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows[0] ?? { statements: 0, ms: 0 };
}

/** Postgres counts a limited number of different statements and would drop the rarest, whose cost then went missing. */
export async function forgetCosts(superuser: Client): Promise<void> {
  await superuser.query('SELECT pg_stat_statements_reset()');
}

async function usualCost(superuser: Client, url: string, visitor: Visitor, runs: number): Promise<Cost> {
  const costs: Cost[] = [];
  // The first request may update the session row, which happens once a minute.
  for (let run = -2; run < runs; run += 1) {
    const cost = await costOf(superuser, () => fetchGood(url, { cookie: visitor.cookie }));
    if (run >= 0) costs.push(cost);
  }
  return { statements: median(costs.map((cost) => cost.statements)), ms: median(costs.map((cost) => cost.ms)) };
}

/** P7: 100 rows take as many statements as 25, on the first page, a search and a filter, and never more than five. */
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
    const few = await usualCost(superuser, url + path, admin, 3);
    const many = await usualCost(superuser, url + (pages(100)[index] ?? ''), admin, 3);
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
    target: most,
    ok: differing.length === 0 && worst.many <= most,
    unit: 'statements',
    rule: `≤ ${most}, same for 25 and 100`,
    note: differing.length ? `differs: ${differing.map(({ path }) => path).join(', ')}` : worst.path,
  };
}
