import { type CsvEvent, readCsv } from '@/lib/csv';
import type { CsvProblem } from '@/lib/csv-problems';
import type { CsvLimits } from '@/lib/limits';

export type Outcome = {
  header: string[] | null;
  rows: Array<Extract<CsvEvent, { kind: 'row' }>>;
  problem: CsvProblem | null;
  last: CsvEvent | undefined;
  events: CsvEvent[];
};

/** Splits the file into chunks of `size` bytes, as an upload can arrive. */
export async function* chunks(file: string | Uint8Array, size = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const step = Math.min(size, Math.max(1, bytes.length));
  for (let from = 0; from < bytes.length; from += step) yield bytes.subarray(from, from + step);
}

export async function readAll(source: AsyncIterable<Uint8Array>, limits?: Partial<CsvLimits>): Promise<Outcome> {
  const outcome: Outcome = { header: null, rows: [], problem: null, last: undefined, events: [] };
  for await (const event of readCsv(source, limits)) {
    if (event.kind === 'header') outcome.header = event.fields;
    if (event.kind === 'row') outcome.rows.push(event);
    if (event.kind === 'problem') outcome.problem = event.problem;
    outcome.last = event;
    outcome.events.push(event);
  }
  return outcome;
}

export function read(file: string | Uint8Array, limits?: Partial<CsvLimits>, size?: number): Promise<Outcome> {
  return readAll(chunks(file, size), limits);
}

export const fieldsOf = (outcome: Outcome) => outcome.rows.map((row) => row.fields);
