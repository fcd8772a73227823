import type { Client } from 'pg';
import { emptyPath } from './app';
import { fetchGood } from './http';
import { median, pageLimit, pageResult, type Result } from './report';
import { costOf } from './statements';

/** A page to measure, with the milliseconds of each run, of the whole page and of its statements in Postgres. */
export type Case = {
  target: string;
  name: string;
  path: string;
  cookie: string;
  times: number[];
  statements: number[];
};

const warmUps = 8;

/** Each round gets every page once, and the empty page before every second one. Returns E, its median in ms. */
export async function measureInTurns(superuser: Client, url: string, cases: Case[], runs: number): Promise<number> {
  const empty: number[] = [];
  for (let round = -warmUps; round < runs; round += 1) {
    for (const [index, each] of cases.entries()) {
      const limit = index % 2 === 0 ? await fetchGood(`${url}${emptyPath}`) : null;
      let ms = 0;
      const cost = await costOf(superuser, async () => {
        ms = (await fetchGood(`${url}${each.path}`, { cookie: each.cookie })).ms;
      });
      if (round < 0) continue;
      if (limit) empty.push(limit.ms);
      each.times.push(ms);
      each.statements.push(cost.ms);
    }
  }
  return median(empty);
}

export type Figures = { each: Case; value: number; statements: number; ratio: number };

/** A measured page: its medians, and its time over what E and S allow. */
export function figuresOf(each: Case, empty: number): Figures {
  const [value, statements] = [median(each.times), median(each.statements)];
  return { each, value, statements, ratio: value / pageLimit({ empty, statements }) };
}

/** One result for several cases: the one furthest above its limit decides, and the note names the next ones. */
export function worstOf(cases: Case[], id: string, empty: number): Result {
  const sorted = cases.map((each) => figuresOf(each, empty)).toSorted((a, b) => b.ratio - a.ratio);
  const [worst, ...others] = sorted;
  if (!worst) throw new Error(`${id} has no case`);
  const shown = (figures: Figures) =>
    `${figures.each.name} ${figures.ratio.toFixed(2)} (${figures.value.toFixed(1)} ms, S ${figures.statements.toFixed(1)})`;
  const next = others.length > 0 ? [`then ${others.slice(0, 3).map(shown).join(', ')}`, `${cases.length} cases`] : [];
  return pageResult({
    id,
    value: worst.value,
    empty,
    statements: worst.statements,
    cost: Math.max(...sorted.map(({ value }) => value)) / empty,
    note: [worst.each.name, ...next, `E ${empty.toFixed(1)} ms`].join('; '),
  });
}
