import { isId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import { type ScopedSql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped, within } from '@/server/scope';
import type { Can, Reads } from '@/server/work';
import type { PlanHead, PlanKind, ReceiptCounts } from './plan.schema';

export type PlanDetail = PlanHead & {
  createdAt: Date;
  confirmedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  receipt: { counts: ReceiptCounts; at: Date } | null;
};

export function plansInScope<P extends Permission>(can: Can<NoInfer<P>>, permission: P): ScopedSql {
  return sql`AND ${within(can, permission, sql`p.organization_id`)}`;
}

export const planColumns = sql`
  p.id, p.kind, p.state, p.organization_id AS "organizationId", p.created_by AS "createdBy", p.params, p.counts,
  p.total, p.done_rows AS "doneRows", p.epoch, encode(p.hash, 'hex') AS hash, p.error`;

/** Who made a plan: the person that its jobs run for. */
export async function findPlanCreator(reads: Reads, id: string): Promise<string | null> {
  const plan = await reads.read(unscoped('the id comes from the queue'), (tables) =>
    tables.plan.findUnique({ where: { id }, select: { createdBy: true } }),
  );
  return plan?.createdBy ?? null;
}

/** One plan of this kind with its receipt. A plan outside the reader's scope is not found. */
export async function getPlan<P extends Permission>(can: Can<P>, kind: PlanKind<P>, id: string): Promise<PlanDetail> {
  if (!isId(id)) throw new Fail('not_found');
  const rows = await can.read<Omit<PlanDetail, 'receipt'> & { receipt: ReceiptCounts | null; receiptAt: Date }>(sql`
    SELECT ${planColumns}, p.created_at AS "createdAt", p.confirmed_at AS "confirmedAt", p.started_at AS "startedAt",
           p.finished_at AS "finishedAt", r.counts AS receipt, r.created_at AS "receiptAt"
      FROM plan p LEFT JOIN receipt r ON r.plan_id = p.id
     WHERE p.id = ${id}::uuid AND p.kind = ${kind.kind} ${plansInScope(can, kind.permission)}`);
  const plan = rows[0];
  if (!plan) throw new Fail('not_found');
  const { receipt, receiptAt, ...rest } = plan;
  return { ...rest, receipt: receipt && { counts: receipt, at: receiptAt } };
}
