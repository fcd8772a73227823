/** One line of the table of performance targets. */
export type Result = {
  /** `P1@100000` */
  id: string;
  /** What was measured and what stands beside it, in `unit`. */
  value: number;
  limit: number;
  ratio: number;
  /** What the ratio, or the value where `rule` says so, may be at most. */
  target: number;
  ok: boolean;
  unit: string;
  rule: string;
  /** Which case decided, or what else is worth knowing. */
  note: string;
};

export function ratioResult(
  given: Pick<Result, 'id' | 'value' | 'limit' | 'target' | 'unit'> & { note?: string; rule?: string },
): Result {
  const ratio = given.value / given.limit;
  return { rule: `≤ ${given.target} ×`, note: '', ...given, ratio, ok: ratio <= given.target };
}

export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}

export function asJson(results: Result[]): string {
  const rows = results.map(({ unit, rule, note, ...row }) => ({
    ...row,
    value: round(row.value),
    limit: round(row.limit),
    ratio: round(row.ratio),
    unit,
    note,
  }));
  return JSON.stringify(rows, null, 2);
}

export function asTable(results: Result[]): string {
  const head = ['id', 'value', 'limit', 'ratio', 'target', '', 'decided by'];
  const rows = results.map((row) => [
    row.id,
    `${show(row.value)} ${row.unit}`,
    `${show(row.limit)} ${row.unit}`,
    row.ratio.toFixed(2),
    row.rule,
    row.ok ? 'ok' : 'missed',
    row.note,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map(line).join('\n');
}

function show(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 100 ? 2 : 0);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
