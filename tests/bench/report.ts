/** One line of the table of performance targets. */
export type Result = {
  /** `P1@100000`; no size if the result covers all of them. */
  id: string;
  /** The measured value and the one it is compared with, in `unit`. */
  value: number;
  limit: number;
  ratio: number;
  /** The bound for the ratio, or for the value where `rule` says so. */
  target: number;
  ok: boolean;
  unit: string;
  rule: string;
  /** Which case decided, or anything else worth knowing. */
  note: string;
  /** E and S, the milliseconds that the empty page and the page's own statements took beside it. */
  empty?: number;
  statements?: number;
  /** The value in multiples of the empty page, for how it grows. */
  cost?: number;
};

export function ratioResult(
  given: Pick<Result, 'id' | 'value' | 'limit' | 'target' | 'unit' | 'empty' | 'statements' | 'cost'> &
    Partial<Pick<Result, 'note' | 'rule'>>,
): Result {
  const ratio = given.value / given.limit;
  return { rule: `≤ ${given.target} ×`, note: '', ...given, ratio, ok: ratio <= given.target };
}

/** What a page may take beside its limits of the same run: the empty page and its own statements. */
export function pageLimit({ empty, statements }: { empty: number; statements: number }): number {
  return 5 * empty + 1.5 * statements;
}

const pageRule = '≤ 5 × E + 1.5 × S';

/** A page's time over its limit, so that the target is 1. */
export function pageResult(
  given: { id: string; value: number; empty: number; statements: number } & Partial<Pick<Result, 'note' | 'cost'>>,
): Result {
  return ratioResult({ ...given, limit: pageLimit(given), target: 1, unit: 'ms', rule: pageRule });
}

export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}

export function asJson(results: Result[]): string {
  const rows = results.map(({ unit, rule, note, cost: _, empty, statements, ...row }) => ({
    ...row,
    value: round(row.value),
    limit: round(row.limit),
    ratio: round(row.ratio),
    ...(empty !== undefined && { empty: round(empty) }),
    ...(statements !== undefined && { statements: round(statements) }),
    unit,
    rule,
    note,
  }));
  return JSON.stringify(rows, null, 2);
}

/** Markdown: a row per target, a column per size, then the notes of missed targets and of the largest size. */
export function asTable(results: Result[]): string {
  const sizes = [...new Set(results.map(sizeOf).filter((size) => size !== null))].toSorted((a, b) => a - b);
  const names = [...new Set(results.map(nameOf))].toSorted(byNumber);
  const rows = names.map((name) => {
    const mine = results.filter((result) => nameOf(result) === name);
    const cells = sizes.map((size, index) => {
      const at = mine.find(
        (result) => sizeOf(result) === size || (sizeOf(result) === null && index === sizes.length - 1),
      );
      return at ? cellOf(at) : '';
    });
    return [name, mine[0]?.rule ?? '', ...cells];
  });
  const table = [['', 'target', ...sizes.map(shortly)], ...rows];
  const widths = (table[0] ?? []).map((_, column) => Math.max(3, ...table.map((row) => (row[column] ?? '').length)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [head = [], ...body] = table.map(line);
  return [head, rule, ...body, '', ...decided(results, names)].join('\n');
}

/** The ratio if the rule is about one, with the milliseconds and S beside it; otherwise the value itself. */
function cellOf(result: Result): string {
  const { value, limit, ratio, unit, rule, ok, statements } = result;
  const beside = statements === undefined ? '' : `, S ${show(statements)}`;
  const figure = rule.includes('×')
    ? `${ratio.toFixed(2)}${unit === 'ms' ? ` (${show(value)} ms${beside})` : ''}`
    : rule.includes('more') || rule.includes('above')
      ? `+${show(value - limit)} ${unit}`
      : `${show(value)} ${unit}`;
  return ok ? figure : `${figure} **missed**`;
}

function decided(results: Result[], names: string[]): string[] {
  return names.flatMap((name) => {
    const mine = results.filter((result) => nameOf(result) === name);
    const shown = mine.filter((result) => !result.ok || result === mine.at(-1));
    return shown.filter(({ note }) => note !== '').map(({ id, note }) => `${id}: ${note}`);
  });
}

const nameOf = ({ id }: Result) => id.split('@')[0] ?? id;
const sizeOf = ({ id }: Result) => (id.includes('@') ? Number(id.split('@')[1]) : null);
const byNumber = (a: string, b: string) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b)) || (a < b ? -1 : 1);
const shortly = (size: number) => (size >= 1_000_000 ? `${size / 1_000_000}M` : `${size / 1_000}k`);

function show(value: number): string {
  if (Number.isInteger(value) || value >= 1_000) return Math.round(value).toLocaleString('en');
  return value.toFixed(value < 10 ? 2 : 1);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
