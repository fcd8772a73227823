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
  // Rounded figures reach 1,000,000 here; from there on words are easier to read.
  if (count.about < 995_000) return `about ${twoFigures.format(count.about)}`;
  return `about ${compact.format(Math.max(count.about, 1_000_000))}`;
}

export function countOf(count: Count, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export function boundedCount(counted: number, limit: number): Count {
  return counted > limit ? { atLeast: limit } : counted;
}
