import type { Fault, FaultOutcome } from './fault';

export type Line = Pick<Fault, 'id' | 'what' | 'mustHold'> & FaultOutcome & { seconds: number };

const columns = ['#', 'Fault', 'Times', 'Must hold', 'Result'];

/** The table for README.md. */
export function asTable(lines: Line[]): string {
  const rows = lines.map(({ id, what, mustHold, runs, broken, note }) => [
    id,
    what,
    runs.toLocaleString('en'),
    mustHold,
    broken.length === 0 ? `passed: ${note}` : `**failed**: ${broken.slice(0, 5).join('; ')}`,
  ]);
  return [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`)
    .join('\n');
}
