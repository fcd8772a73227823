import { createHash, type Hash } from 'node:crypto';
import { announcePlan, deletePlan, endUnprepared } from '@/features/plans/announce.service';
import { deletePlanRows } from '@/features/plans/rows.service';
import { type CsvEvent, readCsv } from '@/lib/csv';
import { guessColumns, isPasswordHeader } from '@/lib/csv-columns';
import { csvProblemText, csvRowProblemText } from '@/lib/csv-problems';
import { newId } from '@/lib/ids';
import { importLimits } from '@/lib/limits';
import { crashPoint } from '@/server/crash-point';
import { type CopyValue, copyRows } from '@/server/db/copy';
import { isDatabaseUnavailable, isDiskFull } from '@/server/db/errors';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { SystemTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import type { Can, SystemWork, Work, Writes } from '@/server/work';
import { cutOff, readFileName, withoutSecrets } from './staging.schema';

/** Stages rows before any transaction is open. */
export type Stager = Can<'users.import'> & Writes;

export type Upload = { name: string; stream: AsyncIterable<Uint8Array>; organizationId: string | null };
/** `problem` is the sentence that refuses the whole file. None of its rows are kept then. */
export type Staged = {
  id: string;
  fileName: string;
  organizationId: string | null;
  rows: number;
  problem: string | null;
  /** What the file contains. Its rows count once this is recorded. */
  found: Found;
};

type Found = {
  header: (CsvEvent & { kind: 'header' }) | null;
  rows: number;
  bytes: number;
  sha256: Uint8Array<ArrayBuffer>;
};

const beatMs = 5_000;
/** Without a heartbeat for this long, an upload counts as cut off. */
const silentSeconds = 30;
const lateRowsPerSweep = 50_000;

const ownUpload = unscoped('an upload that this request announced');
const bySystem = unscoped('a job of the system');
const lockedPlan = unscoped('the plan was locked before');

/**
 * Streams a file into staging with COPY and empties password columns. All rows commit, or none, before validation
 * starts. Memory stays flat, and the browser sends only as fast as Postgres takes rows.
 */
export async function stageUpload(can: Stager, upload: Upload): Promise<Staged> {
  const id = newId();
  const staged: Staged = {
    ...{ id, fileName: readFileName(upload.name), organizationId: upload.organizationId, rows: 0, problem: null },
    found: { header: null, rows: 0, bytes: 0, sha256: new Uint8Array() },
  };
  try {
    await announce(can, staged);
    await stageRows(can, staged, upload.stream);
    return { ...staged, rows: staged.found.rows };
  } catch (error) {
    if (error instanceof Fail && error.code === 'upload.refused' && !error.field)
      return { ...staged, problem: error.words };
    await forgetUpload(can, id).catch(() => undefined);
    if (isDiskFull(error)) throw new Fail('upload.refused', { field: 'disk_full' });
    if (isDatabaseUnavailable(error)) throw new Fail('upload.refused', { field: 'database' });
    throw error;
  }
}

/** Deletes an upload. If that fails, the sweep deletes it later. */
export async function forgetUpload(work: Writes, id: string) {
  await deletePlan(work, id);
}

async function announce(can: Stager, { id, fileName, organizationId }: Staged) {
  await assertNotTooMany(can);
  // One statement: no transaction is open, and a plan without its upload would never end.
  await announcePlan(
    can,
    { id, kind: 'import', organizationId, createdBy: can.actor.id },
    sql`INSERT INTO upload (plan_id, file_name, header) VALUES (${id}::uuid, ${fileName}, '{}')`,
  );
}

async function stageRows(work: Writes, { id, found }: Staged, stream: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  const beat = setInterval(() => {
    work
      .write(ownUpload, sql`UPDATE upload SET heard_at = app_now() WHERE plan_id = ${id}::uuid`)
      .catch(() => undefined);
  }, beatMs);
  try {
    await copyRows('upload_row', stagedRows(id, hashed(stream, hash), found));
    found.sha256 = new Uint8Array(hash.digest());
    crashPoint('import.stage.copied');
  } finally {
    clearInterval(beat);
  }
}

async function assertNotTooMany(can: Can<'users.import'>) {
  const [recent] = await can.read<{ count: number }>(
    unscoped('own uploads'),
    sql`
      SELECT count(*)::int AS count FROM plan
       WHERE created_by = ${can.actor.id}::uuid AND kind = 'import' AND created_at > app_now() - interval '1 hour'`,
  );
  if ((recent?.count ?? 0) >= importLimits.uploadsPerHourPerUser)
    throw new Fail('upload.refused', { field: 'too_many' });
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
    if (event.kind === 'problem') throw new Fail('upload.refused', { detail: csvProblemText(event.problem) });
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

export async function recordUpload(work: Work<'users.import'>, staged: Staged): Promise<string> {
  const { id, fileName, organizationId, rows, problem, found } = staged;
  if (problem === null) await keepFindings(work, id, found);
  else await endUnprepared(work, [id], problem);
  await work.audit({
    action: problem === null ? 'import.uploaded' : 'import.refused',
    subject: { type: 'import', id },
    organizationId,
    after: { fileName, rows, ...(problem !== null && { problem }) },
  });
  return `/imports/${id}`;
}

/** Sets `upload.sha256`, which makes the upload count. `imports.cut-off` ends a silent upload that has none. */
async function keepFindings(work: Writes, id: string, { header, rows, bytes, sha256 }: Found) {
  const { source, columns } = guessColumns(header?.fields ?? []);
  const { count } = await work.write(ownUpload, (tables) =>
    tables.upload.updateMany({
      where: { planId: id, plan: { state: 'preparing' } },
      data: {
        header: header?.fields ?? [],
        ...{ columns, source, sha256, rowCount: rows, size: bytes },
        encoding: header?.encoding ?? '',
        delimiter: header?.delimiter ?? '',
      },
    }),
  );
  // The sweep has already ended this upload.
  if (count === 0) throw new Fail('upload.refused', { field: 'interrupted' });
}

/** Ends uploads whose process died, so that their pages do not wait forever. Returns how many. */
export async function endCutOffUploads(work: SystemWork): Promise<number> {
  const cutOffUploads = await work.read<{ id: string; fileName: string; organizationId: string | null }>(
    bySystem,
    sql`
      SELECT u.plan_id::text AS id, u.file_name AS "fileName", p.organization_id AS "organizationId"
        FROM upload u JOIN plan p ON p.id = u.plan_id
       WHERE p.kind = 'import' AND p.state = 'preparing' AND u.sha256 IS NULL
         AND u.heard_at < app_now() - make_interval(secs => ${silentSeconds})
         FOR UPDATE SKIP LOCKED`,
  );
  if (cutOffUploads.length === 0) return 0;
  const ids = cutOffUploads.map(({ id }) => id);
  await endUnprepared(work, ids, cutOff);
  await work.write(bySystem, sql`DELETE FROM upload_row WHERE plan_id = ANY(${ids}::uuid[])`);
  await work.audit(
    ...cutOffUploads.map(({ id, fileName, organizationId }) => ({
      action: 'import.refused' as const,
      subject: { type: 'import', id },
      organizationId,
      after: { fileName, rows: 0, problem: cutOff },
    })),
  );
  return cutOffUploads.length;
}

/**
 * Deletes rows that were committed after their upload was ended, because its process was only slow. Other uploads that
 * failed before they were complete never committed a row.
 */
export async function dropLateRows(work: SystemWork) {
  // MATERIALIZED evaluates the limit once. Postgres 15 may run a subquery inside IN again for every row.
  await work.write(
    bySystem,
    sql`
      WITH late AS MATERIALIZED (
        SELECT r.plan_id, r.n FROM plan p JOIN upload u ON u.plan_id = p.id JOIN upload_row r ON r.plan_id = p.id
         WHERE p.kind = 'import' AND p.created_at > app_now() - interval '1 day' AND p.state = 'failed' AND u.sha256 IS NULL
         LIMIT ${lateRowsPerSweep}::int FOR UPDATE OF r SKIP LOCKED)
      DELETE FROM upload_row WHERE (plan_id, n) IN (SELECT plan_id, n FROM late)`,
  );
}

/** Deletes staged rows that are applied or unchanged. The others stay for the file of failed rows. */
export async function dropStagedRows(work: Writes, planId: string) {
  await work.write(
    lockedPlan,
    sql`
      DELETE FROM upload_row u USING plan_row p
       WHERE u.plan_id = ${planId}::uuid AND p.plan_id = u.plan_id AND p.n = u.n
         AND (p.status = 'applied' OR p.verdict = 'unchanged')`,
  );
}

export async function dropFile(work: Writes, planId: string) {
  await deletePlanRows(work, planId);
  await work.write(lockedPlan, (tables) => tables.uploadRow.deleteMany({ where: { planId } }));
}

export async function sweepUploads({ unit }: SystemTools) {
  await unit(endCutOffUploads);
  await unit(dropLateRows);
}
