import type { PlanDetail } from '@/features/plans/details.queries';
import { listPlanRows, type PlanRowFilter, type PlanRowView } from '@/features/plans/rows.queries';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import type { ImportChange } from './review.schema';

export type Names = Map<string, string>;

export type ReviewRow = PlanRowView & { change: Partial<ImportChange> };

const reviewSize = 50;
const namedInPlan = unscoped('a plan loaded in scope names these ids');

export async function reviewRows(
  can: Can<'users.import'>,
  plan: PlanDetail,
  filter: PlanRowFilter,
): Promise<{ rows: ReviewRow[]; previous: PlanRowView | null; next: PlanRowView | null; names: Names }> {
  const { rows, previous, next } = await listPlanRows(can, plan, filter, reviewSize);
  const typed = rows as ReviewRow[];
  const idsOf = (pick: (change: Partial<ImportChange>) => string[]) => [
    ...new Set(typed.flatMap((row) => pick(row.change))),
  ];
  const organizations = idsOf((change) => (change.row?.organization ? [change.row.organization] : []));
  const found = await can.read<{ id: string; name: string }>(
    namedInPlan,
    sql`
      SELECT id::text, name FROM role WHERE id = ANY(${idsOf(({ row, hadRoles = [] }) => [...(row?.roles ?? []), ...hadRoles])}::uuid[])
      UNION ALL SELECT id::text, name FROM "group" WHERE id = ANY(${idsOf((change) => change.row?.groups ?? [])}::uuid[])
      UNION ALL SELECT id::text, name FROM organization WHERE id = ANY(${organizations}::uuid[])`,
  );
  return { rows: typed, previous, next, names: new Map(found.map((row) => [row.id, row.name])) };
}
