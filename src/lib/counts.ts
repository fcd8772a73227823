/** A count that says how sure it is: exact, counted up to a limit, or estimated by the planner. */
export type Count = number | { atLeast: number } | { about: number };

const exact = new Intl.NumberFormat('en-US');
const twoFigures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  compactDisplay: 'long',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** "1,204", "10,000+", "about 120,000", "about 1.0 million". */
export function formatCount(count: Count): string {
  if (typeof count === 'number') return exact.format(count);
  if ('atLeast' in count) return `${exact.format(count.atLeast)}+`;
  // 999,600 rounds to 1,000,000 in figures; from there on words read better.
  if (count.about < 995_000) return `about ${twoFigures.format(count.about)}`;
  return `about ${compact.format(Math.max(count.about, 1_000_000))}`;
}

/** "1 person", "1,204 people", "about 1.0 million people". */
export function countOf(count: Count, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A count that stopped at a limit: rows beyond it were not looked at. */
export function boundedCount(counted: number, limit: number): Count {
  return counted > limit ? { atLeast: limit } : counted;
}
