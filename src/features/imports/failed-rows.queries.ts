import { csvBom, csvLine } from '@/lib/csv';
import { isPasswordHeader } from '@/lib/csv-columns';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { LinesFile } from '@/server/lines-download';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import { getImport } from './details.queries';
import { failedRowsOf } from './failed-rows.policy';
import { addedColumns, type Reason, reasonText, stillBrokenMark } from './messages.schema';

const pageRows = 1_000;

type FailedRow = {
  n: number;
  fields: string[];
  problem: string | null;
  reasons: Reason[];
  verdict: string;
  result: { reason?: Reason['code'] } | null;
};

/** Original columns (passwords were never stored), then row number and reason, which replace earlier ones. Streamed. */
export async function failedRowsFile(can: Can<'users.import'>, id: string): Promise<LinesFile> {
  const { plan, header, fileName, hasRows } = await getImport(can, id);
  if (!['ready', 'applying', 'done', 'cancelled', 'failed'].includes(plan.state)) throw new Fail('plan.state');
  if (plan.receipt && !hasRows && failedRowsOf(plan) > 0) throw new Fail('not_found');
  const kept = header.flatMap((name, index) =>
    addedColumns.includes(name.trim().toLowerCase()) || isPasswordHeader(name) ? [] : [index],
  );
  const base = fileName.replace(/\.[^.]*$/, '').replace(/[^\w.-]+/g, '-') || 'import';
  const name = `${base}-failed-rows.csv`;
  return {
    fileName: name,
    lines: linesOf(can, plan.id, { header, kept }),
    taken: {
      action: 'import.failed_rows_taken',
      subject: { type: 'import', id: plan.id },
      organizationId: plan.organizationId,
      personId: can.actor.id,
      after: { fileName: name },
    },
  };
}

type Reading = { header: string[]; kept: number[] };

async function* linesOf(can: Can<'users.import'>, planId: string, { header, kept }: Reading): AsyncGenerator<string> {
  yield csvBom + csvLine([...kept.map((index) => header[index]), ...addedColumns]);
  let after = 0;
  while (true) {
    const rows = await can.read<FailedRow>(
      unscoped('the plan was loaded in scope before'),
      sql`
        SELECT p.n, u.fields, u.problem, p.reasons, p.verdict, p.result FROM plan_row p
          JOIN upload_row u ON u.plan_id = p.plan_id AND u.n = p.n
         WHERE p.plan_id = ${planId}::uuid AND p.n > ${after}::int
           AND (p.verdict IN ('conflict', 'error', 'not_allowed') OR p.status = 'refused')
         ORDER BY p.n LIMIT ${pageRows}::int`,
    );
    if (rows.length === 0) return;
    yield rows.map((row) => lineOf(row, header, kept)).join('');
    after = rows.at(-1)?.n ?? after;
  }
}

function lineOf(row: FailedRow, header: string[], kept: number[]): string {
  const cells = [...kept.map((index) => row.fields[index]), row.n];
  const isMarked = row.reasons.some(({ code }) => code === 'still_marked');
  if (row.problem === null && row.fields.length === header.length && !isMarked)
    return csvLine([...cells, whyFailed(row)]);
  return csvLine([...cells, `${whyFailed(row)} ${stillBrokenMark}`, ...row.fields.slice(header.length)]);
}

function whyFailed(row: FailedRow): string {
  const reasons = row.result?.reason ? [{ code: row.result.reason }] : row.reasons;
  return reasons.map(reasonText).join(' ');
}
