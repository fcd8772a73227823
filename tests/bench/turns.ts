import { baselinePath } from './app';
import { fetchGood } from './http';
import { median, type Result, ratioResult } from './report';

/** A page to measure, with the milliseconds of each run. */
export type Case = { target: string; name: string; path: string; cookie: string; times: number[] };

const warmUps = 8;

/** Each round gets every page once, and the baseline before every second one. Returns the baseline's median in ms. */
export async function measureInTurns(url: string, cases: Case[], runs: number): Promise<number> {
  const baseline: number[] = [];
  for (let round = -warmUps; round < runs; round += 1) {
    for (const [index, each] of cases.entries()) {
      const limit = index % 2 === 0 ? await fetchGood(`${url}${baselinePath}`) : null;
      const answer = await fetchGood(`${url}${each.path}`, { cookie: each.cookie });
      if (round < 0) continue;
      if (limit) baseline.push(limit.ms);
      each.times.push(answer.ms);
    }
  }
  return median(baseline);
}

/** One result for several cases: the slowest decides, and the note names the next ones. */
export function worstOf(cases: Case[], id: string, limit: number, target: number): Result {
  const sorted = cases.toSorted((a, b) => median(b.times) - median(a.times));
  const [worst, ...others] = sorted;
  if (!worst) throw new Error(`${id} has no case`);
  const next = others.slice(0, 3).map(({ name, times }) => `${name} ${median(times).toFixed(1)}`);
  const note = next.length > 0 ? `${worst.name}; then ${next.join(', ')}; ${cases.length} cases` : worst.name;
  return ratioResult({ id, value: median(worst.times), limit, target, unit: 'ms', note });
}
