import type { Client } from 'pg';
import { baselinePath } from './app';
import { filterCases } from './filters';
import { personPages } from './person';
import { median, type Result, ratioResult } from './report';
import { deepAddress, searchTerms } from './terms';
import { type Case, figuresOf, measureInTurns, worstOf } from './turns';
import { againstUnindexed } from './unindexed';
import type { Visitor } from './visitors';

const pageSize = 50;
const targets = ['P1', 'P2', 'P3', 'P4', 'P6'] as const;
type Target = (typeof targets)[number];

type VisitorCase = Case & { target: Target; visitor: Visitor };
type Options = { users: number; runs: number; wants: (id: string) => boolean };

/** E and B, P1 to P4 and P6 as System Admin, and P5 as the two Org Admins, measured in turns with the empty page. */
export async function measureLists(
  client: Client,
  url: string,
  visitors: Visitor[],
  options: Options,
): Promise<Result[]> {
  const [admin, ...others] = visitors;
  if (!admin) return [];
  const { users, wants } = options;
  const wanted = targets.filter((id) => wantsTarget(wants, id));
  if (wanted.length === 0 && !wants('B')) return [];
  const cases: VisitorCase[] = [];
  for (const visitor of wants('P5') ? [admin, ...others] : [admin]) {
    cases.push(...(await casesOf(client, visitor, wants)).filter((each) => wanted.includes(each.target)));
  }
  const baseline: Case = { target: 'B', name: '', path: baselinePath, cookie: '', times: [], statements: [] };
  const empty = await measureInTurns(client, url, [baseline, ...cases], options.runs);
  const results = [emptyResult(empty, users), baselineResult(baseline, empty, users)];
  for (const id of wanted.filter(wants)) {
    const mine = cases.filter((each) => each.visitor === admin && each.target === id);
    results.push(worstOf(mine, `${id}@${users}`, empty));
    if (id === 'P3' || id === 'P4')
      results.push(await againstUnindexed(client, mine, { id: `${id}.unindexed`, users }));
  }
  if (wants('P5')) results.push(...scopedResults(cases, admin, others, empty, users));
  return results;
}

function wantsTarget(wants: (id: string) => boolean, id: Target): boolean {
  return wants(id) || (['P1', 'P2', 'P3'].includes(id) && wants('P5'));
}

function emptyResult(empty: number, users: number): Result {
  const note = 'E, the empty page of the same build';
  return { id: `E@${users}`, value: empty, limit: empty, ratio: 1, target: 1, ok: true, unit: 'ms', rule: '', note };
}

function baselineResult(baseline: Case, empty: number, users: number): Result {
  const note = 'the users page with its fifty rows from memory, without a session or a database';
  const value = median(baseline.times);
  return ratioResult({ id: `B@${users}`, value, limit: empty, target: 3, unit: 'ms', rule: '≤ 3 × E', empty, note });
}

async function casesOf(client: Client, visitor: Visitor, wants: Options['wants']): Promise<VisitorCase[]> {
  const { cookie } = visitor;
  const path = `/users?size=${pageSize}`;
  const terms = await searchTerms(client, visitor);
  const at = (target: Target, name: string, where: string) => ({
    target,
    name,
    visitor,
    cookie,
    path: where,
    times: [],
    statements: [],
  });
  const isAdmin = visitor.organizationId === null;
  const filters = isAdmin ? await filterCases(client) : [];
  const people = isAdmin && wants('P6') ? await personPages(client) : [];
  return [
    at('P1', 'first page', path),
    at('P1', 'invited, by name', `${path}&status=invited&sort=name`),
    at('P2', 'after nine tenths', await deepAddress(client, visitor, pageSize)),
    ...terms.map(({ name, q }) => at('P3', `${name} (${q})`, `${path}&q=${encodeURIComponent(q)}`)),
    ...filters.map(({ name, query }) => at('P4', name, `${path}&${query}`)),
    ...people.map((page) => at('P6', page.name, page.path)),
  ];
}

/** Org Admins get the same targets against E and S, and at most a fifth more time than the System Admin. */
function scopedResults(
  cases: VisitorCase[],
  admin: Visitor,
  others: Visitor[],
  empty: number,
  users: number,
): Result[] {
  return others.map((visitor) => {
    const pairs = cases
      .filter((each) => each.visitor === visitor)
      .map((each) => {
        const same = cases.find(
          ({ visitor: other, target, name }) => other === admin && target === each.target && sameKind(name, each.name),
        );
        return { ...figuresOf(each, empty), target: each.target, whole: same ? median(same.times) : Number.NaN };
      });
    const [worst] = pairs.toSorted((a, b) => b.value / b.whole - a.value / a.whole);
    if (!worst) throw new Error('P5 has no case');
    const missed = pairs.filter(({ ratio }) => ratio > 1);
    const worstCase = `${worst.target} ${worst.each.name}`;
    const over = missed.length ? `, over 5 × E + 1.5 × S: ${missed.map(({ each }) => each.name).join(', ')}` : '';
    const slowest = Math.max(...pairs.map(({ value }) => value)) / empty;
    const result = ratioResult({
      id: `P5.${visitor.kind}@${users}`,
      value: worst.value,
      limit: worst.whole,
      target: 1.2,
      unit: 'ms',
      rule: "≤ 1.2 × the admin's",
      empty,
      statements: worst.statements,
      cost: slowest,
      note: `${visitor.people} people; ${worstCase}; ${slowest.toFixed(2)} × E at most${over}`,
    });
    return { ...result, ok: result.ok && missed.length === 0 };
  });
}

function sameKind(a: string, b: string): boolean {
  return a.replace(/ \(.*/, '') === b.replace(/ \(.*/, '');
}
