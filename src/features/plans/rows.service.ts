import { type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';
import type { Verdict } from './plan.schema';

const lockedPlan = unscoped('the plan was locked before');

export type NewPlanRow = {
  n: number;
  verdict: string;
  subjectId: string | null;
  subjectVersion: number | null;
  label: string;
  change: object;
  reasons: readonly object[];
};

/**
 * Inserts validated rows. They are given, or selected by a statement with its scope: n, verdict, subject_id,
 * subject_version, label, change and reasons. The verdict decides whether a row is pending or skipped.
 */
export async function insertPlanRows(
  work: Writes,
  kind: { verdicts: readonly Verdict[] },
  planId: string,
  rows: readonly NewPlanRow[] | ScopedSql,
) {
  if (isGiven(rows) && rows.length === 0) return;
  const applying = kind.verdicts.filter((verdict) => verdict.applies).map((verdict) => verdict.key);
  await work.write(
    lockedPlan,
    sql`
      INSERT INTO plan_row (plan_id, n, verdict, subject_id, subject_version, label, change, reasons, status)
      SELECT ${planId}::uuid, x.n, x.verdict, x.subject_id, x.subject_version, x.label, x.change, x.reasons,
             (CASE WHEN x.verdict = ANY(${applying}) THEN 'pending' ELSE 'skipped' END)::plan_row_status
        FROM ${isGiven(rows) ? asTable(rows) : sql`(${rows}) x`}`,
  );
}

const isGiven = (rows: readonly NewPlanRow[] | ScopedSql): rows is readonly NewPlanRow[] => Array.isArray(rows);

function asTable(rows: readonly NewPlanRow[]): Sql {
  const records = rows.map(({ subjectId, subjectVersion, ...row }) => ({
    ...row,
    subject_id: subjectId,
    subject_version: subjectVersion,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
    AS x(n int, verdict text, subject_id uuid, subject_version int, label text, change jsonb, reasons jsonb)`;
}

/** Adds to the progress of a plan. Progress sets the counts of failures and of lost workers to 0. */
export async function countProgress(work: Writes, planId: string, rows: number) {
  await work.write(
    lockedPlan,
    sql`
      UPDATE plan SET done_rows = done_rows + ${rows}, tries = 0, take_ups = 0, worked_at = app_now()
       WHERE id = ${planId}::uuid`,
  );
}

/**
 * Gives validated rows another verdict, with which they are skipped. All parts are SQL over the row `p` and over `from`,
 * if it is given.
 */
export async function skipPlanRows(
  work: Writes,
  planId: string,
  { verdict, reasons, from, where }: { verdict: Sql; reasons: Sql; from?: Sql; where: Sql },
) {
  const set = sql`UPDATE plan_row p SET status = 'skipped', verdict = ${verdict}, reasons = ${reasons}`;
  const rows = sql`WHERE p.plan_id = ${planId}::uuid AND ${where}`;
  await work.write(lockedPlan, from ? sql`${set} FROM ${from} ${rows}` : sql`${set} ${rows}`);
}

export async function deletePlanRows(work: Writes, planId: string) {
  await work.write(lockedPlan, (tables) => tables.planRow.deleteMany({ where: { planId } }));
}
