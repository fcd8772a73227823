import { expect, test } from 'vitest';
import { growthOf } from './growth';
import { elementsOfRow } from './markup';
import { readOptions } from './options';
import { asJson, asTable, pageResult } from './report';

const measured = (id: string, value: number) =>
  pageResult({ id, value, empty: 4, statements: 2, cost: value / 4, note: `${id} decided` });

test('the table has a column for each size and marks missed targets', () => {
  const results = [measured('P1@10000', 11.5), measured('P1@1000000', 30)];
  const lines = asTable([...results, ...growthOf(results)]).split('\n');
  expect(lines[0]).toMatch(/\| 10k +\| 1M +\|/);
  expect(lines[2]).toMatch(
    /^\| P1 +\| ≤ 5 × E \+ 1.5 × S +\| 0.50 \(11.5 ms, S 2\) +\| 1.30 \(30 ms, S 2\) \*\*missed\*\* \|/,
  );
  expect(lines[3]).toMatch(/^\| P18.P1 +\| ≤ 1.3 × +\| +\| 2.61 \*\*missed\*\*/);
  expect(lines.at(-2)).toContain('P1@1000000 decided');
  expect(JSON.parse(asJson(results))[0]).toMatchObject({ value: 11.5, limit: 23, empty: 4, statements: 2, ok: true });
});

test('a row is counted with everything in it, and nothing outside the table is', () => {
  const row = '<tr class="row"><td><a href="/users/1">Ada <b>L.</b></a></td></tr>';
  const page = `<table><thead><tr><th></th></tr></thead><tbody class="rows">${row}${row}</tbody></table><p></p>`;
  expect(elementsOfRow(page)).toBe(4);
  expect(() => elementsOfRow('<tbody></tbody>')).toThrow('no row');
});

test('unknown targets and sizes that are too small are refused before anything is measured', () => {
  expect(readOptions([]).sizes).toEqual([10_000, 100_000, 1_000_000]);
  expect(readOptions(['--only', 'p1,p19,b', '--sizes', '5000,2000'])).toMatchObject({
    only: ['P1', 'P19', 'B'],
    sizes: [2_000, 5_000],
  });
  expect(() => readOptions(['--only', 'P99'])).toThrow('There is no P99');
  expect(() => readOptions(['--sizes', '10'])).toThrow('from 1000');
});
