import { csvBom, csvLine } from '@/lib/csv';
import { isPasswordHeader } from '@/lib/csv-columns';
import { exportLimits } from '@/lib/limits';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import { failedRowsOf } from '../policy';
import { getImport } from '../queries';
import { addedColumns, type Reason, reasonText, whenMended } from '../reasons/schema';

const pageRows = 1_000;

type FailedRow = {
  n: number;
  fields: string[];
  problem: string | null;
  reasons: Reason[];
  verdict: string;
  result: { reason?: Reason['code'] } | null;
};

export type FailedRowsFile = {
  importId: string;
  organizationId: string | null;
  fileName: string;
  /** `mayGoOn` is asked every few seconds: a right that ends takes the rest of the file with it. */
  lines(mayGoOn: () => Promise<boolean>): AsyncGenerator<string>;
};

/**
 * The rows that found no way in, as a file to mend and upload again: the original columns, then the row's number and
 * why. Columns an earlier such file brought are replaced, password columns were never kept. Streamed, a page at a time.
 */
export async function failedRowsFile(can: Can<'users.import'>, id: string): Promise<FailedRowsFile> {
  const { plan, header, fileName, hasRows } = await getImport(can, id);
  if (!['ready', 'applying', 'done', 'cancelled', 'failed'].includes(plan.state)) throw new Fail('plan.state');
  if (plan.receipt && !hasRows && failedRowsOf(plan) > 0) throw new Fail('not_found');
  const kept = header.flatMap((name, index) =>
    addedColumns.includes(name.trim().toLowerCase()) || isPasswordHeader(name) ? [] : [index],
  );
  const base = fileName.replace(/\.[^.]*$/, '').replace(/[^\w.-]+/g, '-') || 'import';
  return {
    ...{ importId: plan.id, organizationId: plan.organizationId, fileName: `${base}-failed-rows.csv` },
    lines: (mayGoOn) => linesOf(can, plan.id, { header, kept, mayGoOn }),
  };
}

type Reading = { header: string[]; kept: number[]; mayGoOn: () => Promise<boolean> };

async function* linesOf(
  can: Can<'users.import'>,
  planId: string,
  { header, kept, mayGoOn }: Reading,
): AsyncGenerator<string> {
  yield csvBom + csvLine([...kept.map((index) => header[index]), ...addedColumns]);
  let after = 0;
  let asked = Date.now();
  while (true) {
    if (Date.now() - asked >= exportLimits.askAgainMs) {
      asked = Date.now();
      // An error cuts the connection, so that no browser takes half a file for a whole one.
      if (!(await mayGoOn())) throw new Error('Whoever reads these failed rows may not have them any more.');
    }
    const rows = await can.db.$queryRaw<FailedRow[]>`
      SELECT p.n, u.fields, u.problem, p.reasons, p.verdict, p.result FROM plan_row p
        JOIN upload_row u ON u.plan_id = p.plan_id AND u.n = p.n
       WHERE p.plan_id = ${planId}::uuid AND p.n > ${after}::int
         AND (p.verdict IN ('conflict', 'error', 'not_allowed') OR p.status = 'refused')
       ORDER BY p.n LIMIT ${pageRows}::int`;
    if (rows.length === 0) return;
    yield rows.map((row) => lineOf(row, header, kept)).join('');
    after = rows.at(-1)?.n ?? after;
  }
}

/** A row that was not whole is marked, and keeps its surplus cells at the end. */
function lineOf(row: FailedRow, header: string[], kept: number[]): string {
  const cells = [...kept.map((index) => row.fields[index]), row.n];
  const isMarked = row.reasons.some(({ code }) => code === 'still_marked');
  if (row.problem === null && row.fields.length === header.length && !isMarked)
    return csvLine([...cells, whyFailed(row)]);
  return csvLine([...cells, `${whyFailed(row)} ${whenMended}`, ...row.fields.slice(header.length)]);
}

function whyFailed(row: FailedRow): string {
  const reasons = row.result?.reason ? [{ code: row.result.reason }] : row.reasons;
  return reasons.map(reasonText).join(' ');
}
