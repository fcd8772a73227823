import { Readable } from 'node:stream';
import { exportLimits } from '@/lib/limits';
import type { AuditEntry } from './audit';
import type { Work } from './handle';
import type { Afterwards } from './route';

/** Text that is produced while it is read. `taken` is the audit event of the download. */
export type LinesFile = { fileName: string; lines: AsyncGenerator<string>; taken: AuditEntry };

/** Audits who downloads a CSV file; the download only begins once that is committed. */
export async function recordDownload(work: Pick<Work, 'audit'>, { fileName, lines, taken }: LinesFile) {
  await work.audit(taken);
  return async ({ mayGoOn }: Pick<Afterwards, 'mayGoOn'>) => {
    const text = Readable.from(whileAllowed(lines, mayGoOn), { objectMode: false });
    return new Response(Readable.toWeb(text) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${fileName}"`,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      },
    });
  };
}

async function* whileAllowed(lines: AsyncGenerator<string>, mayGoOn: () => Promise<boolean>): AsyncGenerator<string> {
  let checkedAt = Date.now();
  for await (const line of lines) {
    if (Date.now() - checkedAt >= exportLimits.recheckMs) {
      checkedAt = Date.now();
      // An error cuts the connection, so that no browser takes half a file for a whole one.
      if (!(await mayGoOn())) throw new Error('This download is no longer allowed.');
    }
    yield line;
  }
}
