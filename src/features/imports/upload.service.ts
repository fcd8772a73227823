import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { importLimits } from '@/lib/limits';
import { Fail } from '@/server/fail';
import { onlyPlace, reachOf } from '@/server/scope';
import type { Can } from '@/server/work';
import { forgetUpload, type Staged, type Stager, stageUpload } from './staging.service';

const field = 'file';
// Boundaries, part headers and the few other fields.
const wrapping = 1024 * 1024;

/** Reads the upload form while it arrives: one file, and before it the organization, if any. */
export async function receiveUpload(can: Stager, request: Request): Promise<Staged> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!request.body || !/^multipart\/form-data\s*;/i.test(contentType))
    throw new Fail('upload.refused', { field: 'missing' });
  if (Number(request.headers.get('content-length') ?? 0) > importLimits.maxBytes + wrapping)
    throw new Fail('upload.refused', { field: 'too_large' });
  const parser = parserFor(contentType);
  let organizationId: string | null = null;
  let staged: Promise<Staged> | null = null;
  parser.on('field', (name, value) => {
    if (name === 'organizationId') organizationId = value;
  });
  parser.on('file', (name, part, fileName) => {
    const stream = new PassThrough();
    // A body that breaks off only fails the part. The parser would wait forever and the error would end the process.
    part.on('error', () => {
      stream.destroy(interrupted());
      parser.destroy(interrupted());
    });
    part.pipe(stream);
    const isTheFile = name === field && staged === null && Boolean(fileName);
    if (!isTheFile) {
      stream.resume();
      return;
    }
    staged = Promise.resolve().then(() =>
      stageUpload(can, { name: fileName, stream, organizationId: chosenOrganization(can, organizationId) }),
    );
    // After a refusal the rest of the body is still read, so that the browser gets the response.
    staged
      .catch(() => undefined)
      .finally(() => {
        part.unpipe(stream);
        part.resume();
      });
    stream.on('error', () => undefined);
  });
  await pipeline(Readable.fromWeb(request.body as never), counter(), parser).catch(async (error: unknown) => {
    const staging = staged as Promise<Staged> | null;
    // The file may have been refused before its body broke off. Nobody will record it then.
    await staging?.then(({ id }) => forgetUpload(can, id)).catch(() => undefined);
    throw error instanceof Fail ? error : interrupted();
  });
  if (staged === null) throw new Fail('upload.refused', { field: 'missing' });
  return staged;
}

const interrupted = () => new Fail('upload.refused', { field: 'interrupted' });

function parserFor(contentType: string) {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { files: 1, fields: 5, fieldSize: 200, parts: 8, fileSize: importLimits.maxBytes + 1 },
    });
  } catch {
    throw new Fail('upload.refused', { field: 'missing' });
  }
}

/** Limits a body that does not declare its length. */
function counter(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, next) {
      bytes += chunk.length;
      if (bytes > importLimits.maxBytes + wrapping) next(new Fail('upload.refused', { field: 'too_large' }));
      else next(null, chunk);
    },
  });
}

/** Null is the whole platform, for people who can import everywhere. Others import into one of their organizations. */
export function chosenOrganization(can: Can<'users.import'>, requested: string | null): string | null {
  if (reachOf(can, 'users.import') === 'platform') return null;
  const only = onlyPlace(can, 'users.import');
  if (only !== null) return only;
  if (requested !== null && can.may('users.import', requested)) return requested;
  throw new Fail('upload.refused', { field: 'organization' });
}
