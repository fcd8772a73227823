import { expect, test } from 'vitest';
import { growthOf } from './growth';
import { readOptions } from './options';
import { asTable, ratioResult } from './report';

const measured = (id: string, value: number, limit: number, target: number) =>
  ratioResult({ id, value, limit, target, unit: 'ms', note: `${id} decided` });

test('the table has a column for each size and marks missed targets', () => {
  const results = [measured('P1@10000', 12, 10, 2), measured('P1@1000000', 31, 10, 2)];
  const lines = asTable([...results, ...growthOf(results)]).split('\n');
  expect(lines[0]).toMatch(/\| 10k +\| 1M +\|/);
  expect(lines[2]).toMatch(/^\| P1 +\| ≤ 2 × +\| 1.20 \(12 ms\) +\| 3.10 \(31 ms\) \*\*missed\*\* \|/);
  expect(lines[3]).toMatch(/^\| P18.P1 +\| ≤ 1.3 × +\| +\| 2.58 \*\*missed\*\*/);
  expect(lines.at(-2)).toContain('P1@1000000 decided');
});

test('unknown targets and sizes that are too small are refused before anything is measured', () => {
  expect(readOptions([]).sizes).toEqual([10_000, 100_000, 1_000_000]);
  expect(readOptions(['--only', 'p1,p19', '--sizes', '5000,2000'])).toMatchObject({
    only: ['P1', 'P19'],
    sizes: [2_000, 5_000],
  });
  expect(() => readOptions(['--only', 'P99'])).toThrow('There is no P99');
  expect(() => readOptions(['--sizes', '10'])).toThrow('from 1000');
});
