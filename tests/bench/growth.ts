import { type Result, ratioResult } from './report';

const target = 1.3;
const pages = ['P1', 'P2', 'P3', 'P4', 'P5.largest', 'P5.hundred', 'P6'];

/** P18: the cost of a page in multiples of the empty one, at its most expensive size over the smallest one. */
export function growthOf(results: Result[]): Result[] {
  return pages.flatMap((page) => {
    const measured = results.flatMap(({ id, cost }) => {
      const [name, users] = id.split('@');
      return name === page && cost !== undefined ? [{ users: Number(users), cost }] : [];
    });
    const [smallest, ...larger] = measured.toSorted((a, b) => a.users - b.users);
    if (!smallest || larger.length === 0) return [];
    const highest = Math.max(...larger.map(({ cost }) => cost));
    const note = measured.map(({ users, cost }) => `${users.toLocaleString('en')}: ${cost.toFixed(2)} × E`).join(', ');
    return [ratioResult({ id: `P18.${page}`, value: highest, limit: smallest.cost, target, unit: '× E', note })];
  });
}
