import { isId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import { empty, type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import type { PlanHead, PlanKind, ReceiptCounts } from './plan.schema';

export type PlanDetail = PlanHead & {
  createdAt: Date;
  confirmedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  receipt: { counts: ReceiptCounts; at: Date } | null;
};

export function plansInScope(can: Can, permission: Permission): Sql {
  const scope = can.scope(permission as never);
  return scope.all ? empty : sql`AND p.organization_id = ANY(${scope.organizationIds}::uuid[])`;
}

export const planColumns = sql`
  p.id, p.kind, p.state, p.organization_id AS "organizationId", p.created_by AS "createdBy", p.params, p.counts,
  p.total, p.done_rows AS "doneRows", p.epoch, encode(p.hash, 'hex') AS hash, p.error`;

/** One plan of this kind with its receipt. A plan outside the reader's scope is not found. */
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
