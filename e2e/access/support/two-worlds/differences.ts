import { type Answer, linesOf, noAnswer } from './answers';
import type { Answers } from './crawl';

/**
 * Answers that may differ. *Managed by the platform* is not among them: the people of A whom only the second world has
 * elsewhere have a platform role in the first, and what A sees of them is the same.
 */
const permitted: { request: RegExp; reason: string }[] = [
  { request: /^\/o\//, reason: 'The sign-in page of an organization names it to everybody who knows its address.' },
];

/** What tells the two worlds apart: one text for each request whose answers differ. */
export function differences(one: Answers, two: Answers, knownIds: Set<string>): string[] {
  return [...one].flatMap(([name, { answer }]) => {
    if (permitted.some(({ request }) => request.test(name))) return [];
    const difference = differenceOf(answer, two.get(name)?.answer ?? noAnswer, knownIds);
    return difference ? [`${name}\n${difference}`] : [];
  });
}

const shownLines = 4;

function differenceOf(one: Answer, two: Answer, knownIds: Set<string>): string | null {
  if (one.status !== two.status) return `  status ${one.status} in world 1, ${two.status} in world 2`;
  if (one.plain === two.plain) return null;
  const [first, second] = [linesOf(one, knownIds), linesOf(two, knownIds)];
  if (first.join('\n') === second.join('\n')) return null;
  const shown = [
    ...lacking(first, second)
      .slice(0, shownLines)
      .map((line) => `  only in world 1: ${cut(line)}`),
    ...lacking(second, first)
      .slice(0, shownLines)
      .map((line) => `  only in world 2: ${cut(line)}`),
  ];
  return shown.length > 0 ? shown.join('\n') : '  the same lines in another order';
}

/** The lines of the first list that are not in the second as often. */
function lacking(lines: string[], others: string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

const cut = (line: string) => (line.length > 160 ? `${line.slice(0, 160)}…` : line).replaceAll('\n', ' ');
