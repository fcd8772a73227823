import { Readable } from 'node:stream';
import { notDoneFile } from '@/features/invitations/undone/queries';
import { readRoute } from '@/server/route';

export const GET = readRoute({
  name: 'invitations.not-done',
  permission: 'users.invite',
  run: async (can, { id = '' }) => {
    const { fileName, lines } = await notDoneFile(can, id);
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
