import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { env } from '../env';

export type CopyValue = string | number | null | readonly string[];

const targets = {
  upload_row: ['plan_id', 'n', 'fields', 'problem'],
} as const;

// Large enough to save round trips, far smaller than the largest row, so memory stays flat.
const PIECE = 64 * 1024;

/** On a connection of its own, all rows or none; passes on the source's errors. Returns the number of rows. */
export async function copyRows(
  table: keyof typeof targets,
  rows: AsyncIterable<readonly CopyValue[]>,
): Promise<number> {
  const client = new Client({ connectionString: env().DATABASE_URL });
  // A broken connection fails the statement below; as an unhandled event it would also end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const sink = client.query(from(`COPY "${table}" (${targets[table].join(', ')}) FROM STDIN`));
    await pipeline(Readable.from(pieces(rows)), sink);
    return sink.rowCount;
  } finally {
    await client.end();
  }
}

async function* pieces(rows: AsyncIterable<readonly CopyValue[]>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const row of rows) {
    text += `${row.map(copyText).join('\t')}\n`;
    if (text.length < PIECE) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function copyText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : `{${value.map(arrayElement).join(',')}}`;
  return text.replace(/[\\\n\r\t]/g, (letter) => ESCAPES[letter] ?? letter);
}

function arrayElement(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
