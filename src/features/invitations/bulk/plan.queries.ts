import { getPlan, type PlanDetail } from '@/features/plans/details.queries';
import { isOwnPlan } from '@/features/plans/owner.policy';
import type { PlanState } from '@/features/plans/plan.schema';
import { getProgress, type PlanProgress } from '@/features/plans/progress.queries';
import { listPlanRows, type PlanRowFilter, type PlanRowView } from '@/features/plans/rows.queries';
import { displayName } from '@/lib/names';
import { sql } from '@/server/db/sql';
import { unscoped, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { invitationsKind } from './bulk-apply.service';
import { type BulkAction, type BulkParams, bulkShownDays, readBulkParams } from './plan.schema';

export type BulkDetail = { plan: PlanDetail; params: BulkParams; byName: string };

/** One bulk action. Throws not found for one of another organization. */
export async function getBulk(can: Can<'users.invite'>, id: string): Promise<BulkDetail> {
  const plan = await getPlan(can, invitationsKind, id);
  const by = await can.read(unscoped('the plan was read in scope before, and shows who made it'), (tables) =>
    tables.user.findUnique({
      where: { id: plan.createdBy },
      select: { firstName: true, lastName: true, email: true },
    }),
  );
  const byName = by ? displayName(by) : 'Somebody';
  return { plan, params: readBulkParams(plan.params), byName };
}

export async function bulkProgress(can: Can<'users.invite'>, id: string): Promise<PlanProgress> {
  return getProgress(can, await getPlan(can, invitationsKind, id));
}

export type BulkRow = Omit<PlanRowView, 'change' | 'reasons'> & {
  change: { name: string; organization: string | null; state: string; expiresAt: string };
  reasons: { code: string }[];
};

const pageRows = 50;

/** Rows of other organizations, which only the plan's maker could see, are masked for the maker's colleagues. */
export async function listBulkRows(
  can: Can<'users.invite'>,
  plan: PlanDetail,
  filter: PlanRowFilter & { size?: number },
): Promise<{ rows: BulkRow[]; previous: PlanRowView | null; next: PlanRowView | null }> {
  const { size = pageRows, ...place } = filter;
  const { rows, previous, next } = await listPlanRows(can, plan, place, size);
  const isHidden = !isOwnPlan(can, plan) && !can.may('users.invite', null);
  const shown = (rows as unknown as BulkRow[]).map((row) =>
    isHidden && row.verdict === 'not_allowed'
      ? {
          ...row,
          subjectId: null,
          label: 'Outside this organization',
          change: { ...row.change, name: '', organization: '–' },
        }
      : row,
  );
  return { rows: shown, previous, next };
}

export type OwnBulk = {
  id: string;
  action: BulkAction;
  state: PlanState;
  total: number;
  createdAt: Date;
  finishedAt: Date | null;
};

export async function listOwnBulk(can: Can<'users.invite'>): Promise<OwnBulk[]> {
  return can.read<OwnBulk>(sql`
    SELECT p.id, p.params->>'deed' AS action, p.state, p.total, p.created_at AS "createdAt", p.finished_at AS "finishedAt"
      FROM plan p LEFT JOIN receipt r ON r.plan_id = p.id
     WHERE p.created_by = ${can.actor.id}::uuid AND p.created_at > app_now() - make_interval(days => ${bulkShownDays}::int)
       AND p.kind = ${invitationsKind.kind} AND (p.state <> 'cancelled' OR r.plan_id IS NOT NULL)
       AND ${within(can, 'users.invite', sql`p.organization_id`)}
     ORDER BY p.created_at DESC, p.id DESC LIMIT 20`);
}
