import { isId } from '@/lib/ids';
import { cutPage, type Place } from '@/lib/page-cut';
import type { Permission } from '@/lib/permissions';
import type { Tx } from '@/server/db/client';
import { empty, type JsonValue, type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import type { PlanHead, PlanKind, PlanState, ReceiptCounts } from './schema';

export type PlanDetail = PlanHead & {
  createdAt: Date;
  confirmedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  receipt: { counts: ReceiptCounts; at: Date } | null;
};

/** Plans in the reader's scope: everything for the platform, else those of organizations where the right is held. */
export function plansInScope(can: Can, permission: Permission): Sql {
  const scope = can.scope(permission as never);
  return scope.all ? empty : sql`AND p.organization_id = ANY(${scope.organizationIds}::uuid[])`;
}

export const planColumns = sql`
  p.id, p.kind, p.state, p.organization_id AS "organizationId", p.created_by AS "createdBy", p.params, p.counts,
  p.total, p.done_rows AS "doneRows", p.epoch, encode(p.hash, 'hex') AS hash, p.error`;

/** One plan of this kind with its receipt; somebody else's is not found. */
export async function getPlan<P extends Permission>(can: Can<P>, kind: PlanKind<P>, id: string): Promise<PlanDetail> {
  if (!isId(id)) throw new Fail('not_found');
  const rows = await can.db.$queryRaw<
    (Omit<PlanDetail, 'receipt'> & { receipt: ReceiptCounts | null; receiptAt: Date })[]
  >`
    SELECT ${planColumns}, p.created_at AS "createdAt", p.confirmed_at AS "confirmedAt", p.started_at AS "startedAt",
           p.finished_at AS "finishedAt", r.counts AS receipt, r.created_at AS "receiptAt"
      FROM plan p LEFT JOIN receipt r ON r.plan_id = p.id
     WHERE p.id = ${id}::uuid AND p.kind = ${kind.kind} ${plansInScope(can, kind.permission)}`;
  const plan = rows[0];
  if (!plan) throw new Fail('not_found');
  const { receipt, receiptAt, ...rest } = plan;
  return { ...rest, receipt: receipt && { counts: receipt, at: receiptAt } };
}

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

/** `isUndone`: whatever its verdict, nothing was done with it. */
type RowFilter = { verdict?: string; status?: 'refused' | 'pending'; isUndone?: true };

/** Which rows stand under a tab of the review: those of a verdict, refused when it was their turn, or never reached. */
export function rowsUnder(tab: string): RowFilter {
  if (tab === 'refused') return { status: 'refused' };
  return tab === 'left' ? { status: 'pending' } : { verdict: tab };
}

/** What a page of a plan's rows shows, and behind or in front of which row, by its number, it stands. */
export type PlanRowFilter = RowFilter & Place<number>;

/** Rows of one verdict (or of one status) in the order of the plan. */
export async function listPlanRows(can: Can, plan: PlanDetail, filter: PlanRowFilter, size: number) {
  const where = filter.status
    ? sql`AND status = ${filter.status}::plan_row_status`
    : filter.verdict
      ? sql`AND verdict = ${filter.verdict}`
      : filter.isUndone
        ? sql`AND status <> 'applied'`
        : empty;
  const { before, after } = filter;
  const isBack = before !== undefined && before !== null;
  const read = await can.db.$queryRaw<PlanRowView[]>`
    SELECT n, verdict, subject_id AS "subjectId", label, change, reasons, status, result FROM plan_row
     WHERE plan_id = ${plan.id}::uuid ${isBack ? sql`AND n < ${before}::int` : sql`AND n > ${after ?? 0}::int`} ${where}
     ORDER BY n ${isBack ? sql`DESC` : sql`ASC`} LIMIT ${size + 1}::int`;
  return cutPage(read, size, filter);
}

/** What became of the rows so far; an index alone answers it. */
export async function countByStatus(db: Tx, planId: string): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ status: string; count: number }[]>`
    SELECT status::text, count(*)::int AS count FROM plan_row WHERE plan_id = ${planId}::uuid GROUP BY status`;
  return Object.fromEntries(rows.map((row) => [row.status, row.count]));
}

export type PlanProgress = {
  state: PlanState;
  done: number;
  total: number;
  applied: number;
  refused: number;
  perSecond: number | null;
  secondsLeft: number | null;
};

/** How far the work has come. The rate is the whole run's, so that it does not jump. */
export async function getProgress(can: Can, plan: PlanDetail): Promise<PlanProgress> {
  const counts = plan.state === 'applying' ? await countByStatus(can.db, plan.id) : {};
  const [clock] = await can.db.$queryRaw<{ seconds: number | null }[]>`
    SELECT extract(epoch FROM clock_timestamp() - ${plan.startedAt}::timestamptz)::float8 AS seconds`;
  const seconds = clock?.seconds ?? 0;
  const perSecond = plan.doneRows > 0 && seconds > 0.5 ? plan.doneRows / seconds : null;
  return {
    state: plan.state,
    done: plan.doneRows,
    total: plan.total,
    applied: counts.applied ?? 0,
    refused: counts.refused ?? 0,
    perSecond: perSecond === null ? null : Math.round(perSecond),
    secondsLeft: perSecond === null ? null : Math.ceil((plan.total - plan.doneRows) / perSecond),
  };
}
