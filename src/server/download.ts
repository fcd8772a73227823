import { exportLimits } from '@/lib/limits';
import { type EncodedColumn, type FileFormat, makeRowEncoder, type RowEncoder } from './db/copy-encoders';
import type { CopyOut } from './db/copy-out';
import type { Sql } from './db/sql';
import { logBug } from './log';

/** How a download ended: whole, cut by an error of ours, or left by its reader, who went away or was too slow. */
export type DownloadEnd = { end: 'whole' | 'broken' | 'left'; rows: number; bytes: number };

export type Download = {
  from: CopyOut;
  statements: readonly Sql[];
  columns: readonly EncodedColumn[];
  format: FileFormat;
  /** Without its ending. */
  fileName: string;
  /** Asked every few seconds: a right that ends takes the rest of the file with it. */
  mayGoOn(): Promise<boolean>;
  /** Called once, before the last byte of a whole file. What it throws is logged and does not cut the file. */
  ended(end: DownloadEnd): Promise<void>;
};

const tooSlow = 'The reader of this download was too slow.';

const looks: Record<FileFormat, { type: string; ending: string }> = {
  'csv-excel': { type: 'text/csv; charset=utf-8; header=present', ending: 'csv' },
  csv: { type: 'text/csv; charset=utf-8; header=present', ending: 'csv' },
  jsonl: { type: 'application/jsonl; charset=utf-8', ending: 'jsonl' },
};

/**
 * Rows as a file that is made while it is read, never faster than its reader takes it. A reader who leaves ends the
 * query, and one who takes nothing any more, or too long, is left: a statement that waits for its reader is beyond
 * Postgres' own timeouts. An error cuts the connection, so that no browser takes half a file for a whole one.
 */
export function downloadOf(download: Download): Response {
  const { from, statements, columns, format, fileName } = download;
  const encoder = makeRowEncoder(columns, format);
  const pieces = encode(encoder, from, statements);
  let isOver = false;
  const clocks: { whole?: NodeJS.Timeout; stalled?: NodeJS.Timeout } = {};
  let asked = Date.now();
  const mayGoOn = async () => {
    if (Date.now() - asked < exportLimits.requestNewLinkMs) return true;
    asked = Date.now();
    return download.mayGoOn();
  };
  const over = async (end: DownloadEnd['end']) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(clocks.whole);
    clearTimeout(clocks.stalled);
    await from.release();
    await download.ended({ end, ...encoder.made() }).catch((error: unknown) => logBug(error, { download: fileName }));
  };
  let leave: (why: string) => void = () => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(stream) {
        leave = (why) => {
          if (isOver) return;
          stream.error(new Error(why));
          void over('left');
        };
        clocks.whole = setTimeout(leave, exportLimits.maxMs, tooSlow);
        clocks.stalled = setTimeout(leave, exportLimits.stalledMs, tooSlow);
      },
      async pull(stream) {
        clearTimeout(clocks.stalled);
        try {
          if (!(await mayGoOn())) return leave('Whoever reads this download may not have it any more.');
          const { value, done } = await pieces.next();
          if (isOver) return;
          if (!done) {
            clocks.stalled = setTimeout(leave, exportLimits.stalledMs, tooSlow);
            return stream.enqueue(value);
          }
          await over('whole');
          stream.close();
        } catch (error) {
          // Whoever left has cancelled the query, which then fails.
          if (isOver) return;
          logBug(error, { download: fileName });
          await over('broken');
          stream.error(error);
        }
      },
      cancel: () => over('left'),
    },
    { highWaterMark: 0 },
  );
  const { type, ending } = looks[format];
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${fileName}.${ending}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
}

async function* encode(encoder: RowEncoder, from: CopyOut, statements: readonly Sql[]): AsyncGenerator<Uint8Array> {
  const head = encoder.head();
  if (head.length > 0) yield head;
  for await (const piece of from.rows(statements)) {
    const made = encoder.push(piece);
    if (made.length > 0) yield made;
  }
  encoder.end();
}
