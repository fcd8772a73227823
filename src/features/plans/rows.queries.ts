import { cutPage, type Place } from '@/lib/page-cut';
import { empty, type JsonValue, sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Can, Reads } from '@/server/work';
import type { PlanDetail } from './details.queries';

const knownPlan = unscoped('the plan was loaded in scope or locked before');

export type PlanRowView = {
  n: number;
  verdict: string;
  subjectId: string | null;
  label: string;
  change: JsonValue;
  reasons: JsonValue;
  status: 'skipped' | 'pending' | 'applied' | 'refused';
  result: { did?: string; reason?: string } | null;
};

type RowFilter = { verdict?: string; status?: 'refused' | 'pending'; isNotDone?: true };

export function rowsUnder(tab: string): RowFilter {
  if (tab === 'refused') return { status: 'refused' };
  return tab === 'left' ? { status: 'pending' } : { verdict: tab };
}

export type PlanRowFilter = RowFilter & Place<number>;

export async function listPlanRows(can: Can, plan: PlanDetail, filter: PlanRowFilter, size: number) {
  const where = filter.status
    ? sql`AND status = ${filter.status}::plan_row_status`
    : filter.verdict
      ? sql`AND verdict = ${filter.verdict}`
      : filter.isNotDone
        ? sql`AND status <> 'applied'`
        : empty;
  const { before, after } = filter;
  const isBack = before !== undefined && before !== null;
  const read = await can.read<PlanRowView>(
    knownPlan,
    sql`
      SELECT n, verdict, subject_id AS "subjectId", label, change, reasons, status, result FROM plan_row
       WHERE plan_id = ${plan.id}::uuid ${isBack ? sql`AND n < ${before}::int` : sql`AND n > ${after ?? 0}::int`} ${where}
       ORDER BY n ${isBack ? sql`DESC` : sql`ASC`} LIMIT ${size + 1}::int`,
  );
  return cutPage(read, size, filter);
}

/** Rows by status. An index-only scan answers it. */
export async function countByStatus(can: Reads, planId: string): Promise<Record<string, number>> {
  const rows = await can.read<{ status: string; count: number }>(
    knownPlan,
    sql`
      SELECT status::text, count(*)::int AS count FROM plan_row WHERE plan_id = ${planId}::uuid GROUP BY status`,
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.count]));
}
