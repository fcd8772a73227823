import type { Client } from 'pg';
import { baselinePath } from './app';
import { fetchGood } from './http';
import { median, type Result, ratioResult } from './report';
import { deepAddress, searchTerms } from './terms';
import type { Visitor } from './visitors';

type Case = { target: 'P1' | 'P2' | 'P3'; name: string; visitor: Visitor; path: string; times: number[] };

const pageSize = 50;
const targets = { P1: 2.0, P2: 2.4, P3: 3 } as const;
const warmUps = 12;

/** P1 to P3 as System Admin, P5 as the two Org Admins: in each round everything once, the baseline before each. */
export async function measureLists(
  client: Client,
  url: string,
  visitors: Visitor[],
  options: { users: number; runs: number; wants: (id: string) => boolean },
): Promise<Result[]> {
  const [admin, ...others] = visitors;
  if (!admin) return [];
  const cases: Case[] = [];
  const wanted = (['P1', 'P2', 'P3'] as const).filter((id) => options.wants(id) || options.wants('P5'));
  if (wanted.length === 0) return [];
  for (const visitor of options.wants('P5') ? [admin, ...others] : [admin]) {
    cases.push(...(await casesOf(client, visitor)).filter((each) => wanted.includes(each.target)));
  }
  const baseline: number[] = [];
  for (let round = -warmUps; round < options.runs; round += 1) {
    for (const each of cases) {
      const limit = await fetchGood(`${url}${baselinePath}`);
      const answer = await fetchGood(`${url}${each.path}`, { cookie: each.visitor.cookie });
      if (round < 0) continue;
      baseline.push(limit.ms);
      each.times.push(answer.ms);
    }
  }
  const limit = median(baseline);
  const results = wanted
    .filter((id) => options.wants(id))
    .map((id) =>
      worstOf(
        cases.filter((each) => each.visitor === admin && each.target === id),
        id,
        limit,
        options.users,
      ),
    );
  if (options.wants('P5')) results.push(...scopedResults(cases, admin, others, limit, options.users));
  return results;
}

async function casesOf(client: Client, visitor: Visitor): Promise<Case[]> {
  const path = `/users?size=${pageSize}`;
  const terms = await searchTerms(client, visitor);
  return [
    { target: 'P1', name: 'first page', visitor, path, times: [] },
    { target: 'P2', name: 'after nine tenths', visitor, path: await deepAddress(client, visitor, pageSize), times: [] },
    ...terms.map(({ name, q }) => ({
      target: 'P3' as const,
      name: `${name} (${q})`,
      visitor,
      path: `${path}&q=${encodeURIComponent(q)}`,
      times: [],
    })),
  ];
}

function worstOf(cases: Case[], id: 'P1' | 'P2' | 'P3', limit: number, users: number): Result {
  const [worst] = cases.toSorted((a, b) => median(b.times) - median(a.times));
  if (!worst) throw new Error(`${id} has no case`);
  const note = cases.length > 1 ? `${worst.name}; of ${cases.map(shortly).join(', ')}` : worst.name;
  return ratioResult({
    id: `${id}@${users}`,
    value: median(worst.times),
    limit,
    target: targets[id],
    unit: 'ms',
    note,
  });
}

function shortly({ name, times }: Case): string {
  return `${name.replace(/ \(.*/, '')} ${median(times).toFixed(1)}`;
}

/** Inside an organization: the same targets against the baseline, and at most a fifth slower than on the platform. */
function scopedResults(cases: Case[], admin: Visitor, others: Visitor[], limit: number, users: number): Result[] {
  return others.map((visitor) => {
    const pairs = cases
      .filter((each) => each.visitor === visitor)
      .map((each) => {
        const same = cases.find(
          ({ visitor: who, target, name }) => who === admin && target === each.target && sameKind(name, each.name),
        );
        return { each, value: median(each.times), whole: same ? median(same.times) : Number.NaN };
      });
    const [worst] = pairs.toSorted((a, b) => b.value / b.whole - a.value / a.whole);
    if (!worst) throw new Error('P5 has no case');
    const late = pairs.filter(({ each, value }) => value / limit > targets[each.target]);
    const result = ratioResult({
      id: `P5.${visitor.people}@${users}`,
      value: worst.value,
      limit: worst.whole,
      target: 1.2,
      unit: 'ms',
      rule: "≤ 1.2 × the admin's",
      note: `${worst.each.target} ${worst.each.name}${late.length ? `; over B: ${late.map(({ each }) => each.name).join(', ')}` : ''}`,
    });
    return { ...result, ok: result.ok && late.length === 0 };
  });
}

function sameKind(a: string, b: string): boolean {
  return a.replace(/ \(.*/, '') === b.replace(/ \(.*/, '');
}
