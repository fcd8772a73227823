import { createHash, type Hash } from 'node:crypto';
import { type CsvEvent, readCsv } from '@/lib/csv';
import { guessColumns, isPasswordHeader } from '@/lib/csv-columns';
import { csvProblemText, csvRowProblemText } from '@/lib/csv-problems';
import { newId } from '@/lib/ids';
import { importLimits } from '@/lib/limits';
import { crashPoint } from '@/server/crash-point';
import type { Tx } from '@/server/db/client';
import { type CopyValue, copyRows } from '@/server/db/copy';
import { Fail } from '@/server/fail';
import type { Can, Work } from '@/server/work';
import { readFileName, withoutSecrets } from './schema';

export type Upload = { name: string; stream: AsyncIterable<Uint8Array>; organizationId: string | null };
/** `problem` is the sentence that refuses the whole file; then none of its rows is kept. */
export type Staged = {
  id: string;
  fileName: string;
  organizationId: string | null;
  rows: number;
  problem: string | null;
};

type Found = { header: (CsvEvent & { kind: 'header' }) | null; rows: number; bytes: number };

/**
 * Streams a file into staging: read, password columns emptied, COPY. Rows commit before anything is judged, all or
 * none; memory stays flat and the browser sends only as fast as Postgres takes rows.
 */
export async function stageUpload(can: Can<'users.import'>, upload: Upload): Promise<Staged> {
  await assertNotTooMany(can);
  const id = newId();
  const fileName = readFileName(upload.name);
  const { organizationId } = upload;
  await can.db.plan.create({
    data: { id, kind: 'import', organizationId, createdBy: can.actor.id, upload: { create: { fileName, header: [] } } },
  });
  const found: Found = { header: null, rows: 0, bytes: 0 };
  const hash = createHash('sha256');
  try {
    await copyRows('upload_row', stagedRows(id, hashed(upload.stream, hash), found));
    crashPoint('import.stage.copied');
    await describeUpload(can.db, id, found, hash);
    return { id, fileName, organizationId, rows: found.rows, problem: null };
  } catch (error) {
    if (error instanceof Fail && error.code === 'upload.refused' && !error.field)
      return { id, fileName, organizationId, rows: 0, problem: error.words };
    await can.db.plan.delete({ where: { id } });
    throw error;
  }
}

async function assertNotTooMany(can: Can<'users.import'>) {
  const [recent] = await can.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM plan
     WHERE created_by = ${can.actor.id}::uuid AND kind = 'import' AND created_at > app_now() - interval '1 hour'`;
  if ((recent?.count ?? 0) >= importLimits.uploadsPerHourPerUser) throw new Fail('upload.refused', 'too_many');
}

async function* hashed(stream: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    hash.update(chunk);
    yield chunk;
  }
}

async function* stagedRows(
  id: string,
  source: AsyncIterable<Uint8Array>,
  found: Found,
): AsyncGenerator<readonly CopyValue[]> {
  let secrets: number[] = [];
  for await (const event of readCsv(source)) {
    if (event.kind === 'problem') throw new Fail('upload.refused', undefined, csvProblemText(event.problem));
    if (event.kind === 'header') {
      found.header = event;
      secrets = event.fields.flatMap((name, index) => (isPasswordHeader(name) ? [index] : []));
    } else if (event.kind === 'row') {
      const width = found.header?.fields.length ?? 0;
      const fields = withoutSecrets(event.fields, { width, secrets, isBroken: event.problem !== null });
      yield [id, event.row, fields, event.problem && csvRowProblemText(event.problem)];
      crashPoint('import.stage.copying');
    } else {
      found.rows = event.rows;
      found.bytes = event.bytes;
    }
  }
}

async function describeUpload(db: Tx, id: string, found: Found, hash: Hash) {
  const header = found.header?.fields ?? [];
  const { source, columns } = guessColumns(header);
  await db.upload.update({
    where: { planId: id },
    data: {
      header,
      columns,
      source,
      rowCount: found.rows,
      size: found.bytes,
      encoding: found.header?.encoding ?? '',
      delimiter: found.header?.delimiter ?? '',
      sha256: new Uint8Array(hash.digest()),
    },
  });
}

/** Makes a staged file count, or keeps the sentence that refused it so that its page can say what to do. */
export async function recordUpload(work: Work<'users.import'>, staged: Staged): Promise<string> {
  const { id, fileName, organizationId, rows, problem } = staged;
  if (problem !== null)
    await work.db.$executeRaw`
      UPDATE plan SET state = 'failed', error = ${problem}, finished_at = app_now() WHERE id = ${id}::uuid`;
  await work.audit({
    action: problem === null ? 'import.uploaded' : 'import.refused',
    subject: { type: 'import', id },
    organizationId,
    after: { fileName, rows, ...(problem !== null && { problem }) },
  });
  return `/imports/${id}`;
}

/** Rows that found their way into the product leave staging; the rest stays for the file of failed rows. */
export async function dropStagedRows(db: Tx, planId: string) {
  await db.$executeRaw`
    DELETE FROM upload_row u USING plan_row p
     WHERE u.plan_id = ${planId}::uuid AND p.plan_id = u.plan_id AND p.n = u.n
       AND (p.status = 'applied' OR p.verdict = 'unchanged')`;
}
