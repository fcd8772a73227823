import type { Client } from 'pg';
import { filterCases } from './filters';
import { median, type Result, ratioResult } from './report';
import { deepAddress, searchTerms } from './terms';
import { type Case, measureInTurns, worstOf } from './turns';
import type { Visitor } from './visitors';

const pageSize = 50;
const targets = { P1: 2.0, P2: 2.4, P3: 3, P4: 3 } as const;
type Target = keyof typeof targets;

type VisitorCase = Case & { target: Target; visitor: Visitor };

/** P1 to P4 as System Admin and P5 as the two Org Admins, measured in turns with the baseline. */
export async function measureLists(
  client: Client,
  url: string,
  visitors: Visitor[],
  options: { users: number; runs: number; wants: (id: string) => boolean },
): Promise<Result[]> {
  const [admin, ...others] = visitors;
  if (!admin) return [];
  const wanted = (['P1', 'P2', 'P3', 'P4'] as const).filter((id) => wantsTarget(options.wants, id));
  if (wanted.length === 0) return [];
  const cases: VisitorCase[] = [];
  for (const visitor of options.wants('P5') ? [admin, ...others] : [admin]) {
    cases.push(...(await casesOf(client, visitor)).filter((each) => wanted.includes(each.target)));
  }
  const limit = await measureInTurns(url, cases, options.runs);
  const results = wanted
    .filter((id) => options.wants(id))
    .map((id) => {
      const mine = cases.filter((each) => each.visitor === admin && each.target === id);
      return worstOf(mine, `${id}@${options.users}`, limit, targets[id]);
    });
  if (options.wants('P5')) results.push(...scopedResults(cases, admin, others, limit, options.users));
  return results;
}

function wantsTarget(wants: (id: string) => boolean, id: Target): boolean {
  return wants(id) || (id !== 'P4' && wants('P5'));
}

async function casesOf(client: Client, visitor: Visitor): Promise<VisitorCase[]> {
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
  });
  const filters = visitor.organizationId === null ? await filterCases(client) : [];
  return [
    at('P1', 'first page', path),
    at('P1', 'invited, by name', `${path}&status=invited&sort=name`),
    at('P2', 'after nine tenths', await deepAddress(client, visitor, pageSize)),
    ...terms.map(({ name, q }) => at('P3', `${name} (${q})`, `${path}&q=${encodeURIComponent(q)}`)),
    ...filters.map(({ name, query }) => at('P4', name, `${path}&${query}`)),
  ];
}

/** Org Admins get the same targets against the baseline, and at most a fifth more time than the System Admin. */
function scopedResults(
  cases: VisitorCase[],
  admin: Visitor,
  others: Visitor[],
  limit: number,
  users: number,
): Result[] {
  return others.map((visitor) => {
    const pairs = cases
      .filter((each) => each.visitor === visitor)
      .map((each) => {
        const same = cases.find(
          ({ visitor: other, target, name }) => other === admin && target === each.target && sameKind(name, each.name),
        );
        return { each, value: median(each.times), whole: same ? median(same.times) : Number.NaN };
      });
    const [worst] = pairs.toSorted((a, b) => b.value / b.whole - a.value / a.whole);
    if (!worst) throw new Error('P5 has no case');
    const missed = pairs.filter(({ each, value }) => value / limit > targets[each.target]);
    const worstCase = `${worst.each.target} ${worst.each.name}`;
    const over = missed.length ? `, over the target: ${missed.map(({ each }) => each.name).join(', ')}` : '';
    const slowest = Math.max(...pairs.map(({ value }) => value)) / limit;
    const result = ratioResult({
      id: `P5.${visitor.kind}@${users}`,
      value: worst.value,
      limit: worst.whole,
      target: 1.2,
      unit: 'ms',
      rule: "≤ 1.2 × the admin's",
      cost: slowest,
      note: `${visitor.people} people; ${worstCase}; ${slowest.toFixed(2)} × B at most${over}`,
    });
    return { ...result, ok: result.ok && missed.length === 0 };
  });
}

function sameKind(a: string, b: string): boolean {
  return a.replace(/ \(.*/, '') === b.replace(/ \(.*/, '');
}
