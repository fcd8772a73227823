import { exportLimits } from '@/lib/limits';
import { type EncodedColumn, type FileFormat, makeRowEncoder, type RowEncoder } from './db/copy-encoders';
import type { CopyOut } from './db/copy-out';
import type { ScopedSql } from './db/sql';
import { logBug } from './log';

/** `broken` by an error of ours, `left` when its reader left or was too slow. */
export type DownloadEnd = { end: 'whole' | 'broken' | 'left'; rows: number; bytes: number };

export type Download = {
  from: CopyOut;
  statements: readonly ScopedSql[];
  columns: readonly EncodedColumn[];
  format: FileFormat;
  fileName: string;
  /** Checked every few seconds: when the permission ends, the download ends. */
  mayGoOn(): Promise<boolean>;
  /** Called once, before the last byte of a whole file. An error in it is logged and does not cut the file. */
  ended(end: DownloadEnd): Promise<void>;
};

const tooSlow = 'The reader of this download was too slow.';

const looks: Record<FileFormat, { type: string; ending: string }> = {
  'csv-excel': { type: 'text/csv; charset=utf-8; header=present', ending: 'csv' },
  csv: { type: 'text/csv; charset=utf-8; header=present', ending: 'csv' },
  jsonl: { type: 'application/jsonl; charset=utf-8', ending: 'jsonl' },
};

/**
 * Disconnects a reader who takes nothing or too long, because Postgres' timeouts do not apply to a statement that waits
 * for its reader. An error cuts the connection, so that no browser takes half a file for a whole one.
 */
export function downloadOf(download: Download): Response {
  const { from, statements, columns, format, fileName } = download;
  const encoder = makeRowEncoder(columns, format);
  const pieces = encode(encoder, from, statements);
  let isOver = false;
  const clocks: { whole?: NodeJS.Timeout; stalled?: NodeJS.Timeout } = {};
  let checkedAt = Date.now();
  const mayGoOn = async () => {
    if (Date.now() - checkedAt < exportLimits.recheckMs) return true;
    checkedAt = Date.now();
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
          if (!(await mayGoOn())) return leave('This download is no longer allowed.');
          const { value, done } = await pieces.next();
          if (isOver) return;
          if (!done) {
            clocks.stalled = setTimeout(leave, exportLimits.stalledMs, tooSlow);
            return stream.enqueue(value);
          }
          await over('whole');
          stream.close();
        } catch (error) {
          // When the reader has left, the query was cancelled and fails.
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

async function* encode(
  encoder: RowEncoder,
  from: CopyOut,
  statements: readonly ScopedSql[],
): AsyncGenerator<Uint8Array> {
  const head = encoder.head();
  if (head.length > 0) yield head;
  for await (const piece of from.rows(statements)) {
    const made = encoder.push(piece);
    if (made.length > 0) yield made;
  }
  encoder.end();
}
