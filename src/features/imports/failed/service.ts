import { Readable } from 'node:stream';
import type { Afterwards } from '@/server/route';
import type { Work } from '@/server/work';
import type { FailedRowsFile } from './queries';

/** Notes who takes failed rows along, and only when that is committed lets the file begin. */
export async function recordTaking(work: Work<'users.import'>, file: FailedRowsFile) {
  const { importId, organizationId, fileName, lines } = file;
  await work.audit({
    action: 'import.failed_rows_taken',
    subject: { type: 'import', id: importId },
    organizationId,
    personId: work.actor.id,
    after: { fileName },
  });
  return async ({ mayGoOn }: Afterwards) => {
    const body = Readable.toWeb(Readable.from(lines(mayGoOn), { objectMode: false })) as ReadableStream<Uint8Array>;
    return new Response(body, {
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
