import { Readable } from 'node:stream';
import { failedRowsFile } from '@/features/imports/failed/queries';
import { readRoute } from '@/server/route';

export const GET = readRoute({
  name: 'import.failed-rows',
  permission: 'users.import',
  run: async (can, { id = '' }) => {
    const { fileName, lines } = await failedRowsFile(can, id);
    const body = Readable.toWeb(Readable.from(lines, { objectMode: false })) as ReadableStream<Uint8Array>;
    return new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${fileName}"`,
        'x-content-type-options': 'nosniff',
      },
    });
  },
});
