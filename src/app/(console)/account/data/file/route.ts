import { writePersonalData } from '@/features/account/personal-data.queries';
import { allowExport } from '@/features/account/personal-data.service';
import { readFormBody } from '@/server/auth/form-body';
import { logBug } from '@/server/log';
import { route } from '@/server/route';

/** Downloads the person's own data. It is a POST, because a password must not be in an address. */
export const POST = route({
  name: 'account.export',
  permission: 'account.own',
  receive: async (can, request) => ({ can, password: (await readFormBody(request)).get('password') ?? '' }),
  run: async (work, { can, password }) => {
    const result = await allowExport(work, password);
    if (result !== 'allowed') return backToForm(result);
    const madeAt = new Date();
    // Reads outside the transaction, which only checks the password: a long file would keep it open.
    return new Response(streamOf(writePersonalData(can, madeAt)), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="my-data-${madeAt.toISOString().slice(0, 10)}.json"`,
        'cache-control': 'private, no-store',
      },
    });
  },
  refused: () => backToForm('refused'),
});

function backToForm(problem: string): Response {
  const headers = { location: `/account/data?problem=${problem}`, 'cache-control': 'private, no-store' };
  return new Response(null, { status: 303, headers });
}

/** Reads only as fast as the client does. An error cuts the connection, so half a file never passes for a whole one. */
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
