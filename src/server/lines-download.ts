import { Readable } from 'node:stream';
import { exportLimits } from '@/lib/limits';
import type { AuditEntry } from './audit';
import type { Work } from './handle';
import type { Afterwards } from './route';

/** Text that is made while it is read, and the event that notes who took it along. */
export type LinesFile = { fileName: string; lines: AsyncGenerator<string>; taken: AuditEntry };

/** Notes who takes a CSV file along, and only when that is committed lets it begin. */
export async function recordTaking(work: Pick<Work, 'audit'>, { fileName, lines, taken }: LinesFile) {
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

/** Asks every few seconds: a right that ends takes the rest of the file with it. */
async function* whileAllowed(lines: AsyncGenerator<string>, mayGoOn: () => Promise<boolean>): AsyncGenerator<string> {
  let asked = Date.now();
  for await (const line of lines) {
    if (Date.now() - asked >= exportLimits.requestNewLinkMs) {
      asked = Date.now();
      // An error cuts the connection, so that no browser takes half a file for a whole one.
      if (!(await mayGoOn())) throw new Error('Whoever reads this file may not have it any more.');
    }
    yield line;
  }
}
