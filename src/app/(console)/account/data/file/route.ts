import { writeOwnFile } from '@/features/account/personal-data.queries';
import { allowExport } from '@/features/account/personal-data.service';
import { readFormBody } from '@/server/auth/form-body';
import { logBug } from '@/server/log';
import { route } from '@/server/route';

/** The own file. A form posts here, because a password has no place in an address. */
export const POST = route({
  name: 'account.export',
  permission: 'account.own',
  receive: async (can, request) => ({ can, password: (await readFormBody(request)).get('password') ?? '' }),
  run: async (work, { can, password }) => {
    const verdict = await allowExport(work, password);
    if (verdict !== 'allowed') return leadBack(verdict);
    const madeAt = new Date();
    // Read beside the transaction, which only lets it be made: a long file would hold that open.
    return new Response(streamOf(writeOwnFile(can, madeAt)), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="my-data-${madeAt.toISOString().slice(0, 10)}.json"`,
        'cache-control': 'private, no-store',
      },
    });
  },
  refused: () => leadBack('refused'),
});

/** To the page with the form; the code says which words stand over it. */
function leadBack(problem: string): Response {
  const headers = { location: `/account/data?problem=${problem}`, 'cache-control': 'private, no-store' };
  return new Response(null, { status: 303, headers });
}

/** As fast as its reader takes it. An error cuts the connection, so that no half of a file passes for a whole one. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(stream) {
      try {
        const { value, done } = await pieces.next();
        if (done) stream.close();
        else stream.enqueue(encoder.encode(value));
      } catch (error) {
        logBug(error, { route: 'account.export' });
        stream.error(error);
      }
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}
