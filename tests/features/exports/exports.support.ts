import { createServer, type IncomingMessage, request as openRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canAs, workAs } from '@tests/support/factories';
import { pipeToNodeResponse } from 'next/dist/server/pipe-readable';
import type { Listing } from '@/features/exports/download.schema';
import { recordExport, startExport } from '@/features/exports/download.service';
import type { Permission } from '@/lib/permissions';
import { insertAudit } from '@/server/audit';
import type { Db } from '@/server/db/client';
import type { Afterwards } from '@/server/route';

type Form = { fields: string[]; format?: string; params?: Record<string, string | string[]> };

/** What the form of the export page sends, as a browser sends it. */
function exportRequest(listing: { name: string }, { fields, format = 'csv', params = {} }: Form): Request {
  const query = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each])),
  );
  const body = String(new URLSearchParams([['format', format], ...fields.map((field) => ['fields', field])]));
  return new Request(`http://127.0.0.1/${listing.name}/export/file?${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) },
  });
}

/** The response of the route for this person. Refusals throw, the file streams. */
export async function exported<P extends Permission>(
  db: Db,
  userId: string,
  listing: Listing<P>,
  form: Form,
  mayGoOn = async () => true,
) {
  const started = await startExport(await canAs(db, userId), listing, exportRequest(listing, form));
  const begin = await workAs(db, userId, (work) => recordExport(work, listing, started));
  const afterwards: Afterwards = {
    audit: (...entries) => insertAudit(db, { actor: { kind: 'user', id: userId }, requestId: null, ip: null }, entries),
    mayGoOn,
  };
  return begin(afterwards);
}

export async function fileOf<P extends Permission>(db: Db, userId: string, listing: Listing<P>, form: Form) {
  return (await exported(db, userId, listing, form)).text();
}

/** Cells of a CSV file without quotation marks in it. */
export const cellsOf = (file: string) =>
  file
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(','));

/** The answer over a real socket, written by Next's own hand. The reader may stop reading whenever it likes. */
export async function overSocket(answer: Response): Promise<{ incoming: IncomingMessage; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    // Next logs what it rejects with; the socket is what counts here.
    pipeToNodeResponse(answer.body as ReadableStream<Uint8Array>, response).catch(() => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const incoming = await new Promise<IncomingMessage>((resolve, reject) =>
    openRequest({ port, host: '127.0.0.1' }, resolve).on('error', reject).end(),
  );
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { incoming, close };
}
