import { type Result, ratioResult } from './report';

const target = 1.3;
const lists = ['P1', 'P2', 'P3', 'P4', 'P5.largest', 'P5.hundred'];

/** P18: the list's cost in multiples of the baseline, at its most expensive size over the smallest one. */
export function growthOf(results: Result[]): Result[] {
  return lists.flatMap((list) => {
    const measured = results.flatMap(({ id, cost }) => {
      const [name, users] = id.split('@');
      return name === list && cost !== undefined ? [{ users: Number(users), cost }] : [];
    });
    const [smallest, ...larger] = measured.toSorted((a, b) => a.users - b.users);
    if (!smallest || larger.length === 0) return [];
    const highest = Math.max(...larger.map(({ cost }) => cost));
    const note = measured.map(({ users, cost }) => `${users.toLocaleString('en')}: ${cost.toFixed(2)} × B`).join(', ');
    return [ratioResult({ id: `P18.${list}`, value: highest, limit: smallest.cost, target, unit: '× B', note })];
  });
}
