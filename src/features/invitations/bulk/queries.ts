import { isOwnPlan } from '@/features/plans/policy';
import {
  getPlan,
  getProgress,
  listPlanRows,
  type PlanDetail,
  type PlanProgress,
  type PlanRowView,
  type RowFilter,
} from '@/features/plans/queries';
import type { Can } from '@/server/work';
import { invitationsKind } from '../chunks/service';
import { type BulkParams, readBulkParams } from './schema';

export type BulkDetail = { plan: PlanDetail; params: BulkParams; byName: string };

/** One bulk change of invitations; somebody else's organization's is not found. */
export async function getBulk(can: Can<'users.invite'>, id: string): Promise<BulkDetail> {
  const plan = await getPlan(can, invitationsKind, id);
  const by = await can.db.user.findUnique({
    where: { id: plan.createdBy },
    select: { firstName: true, lastName: true, email: true },
  });
  const byName = by ? `${by.firstName} ${by.lastName}`.trim() || by.email : 'Somebody';
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

/**
 * A page of rows of one verdict. What its maker saw elsewhere and may not change is not for the others of the
 * organization to read.
 */
export async function listBulkRows(
  can: Can<'users.invite'>,
  plan: PlanDetail,
  filter: RowFilter & { after: number },
): Promise<{ rows: BulkRow[]; hasMore: boolean }> {
  const { rows, hasMore } = await listPlanRows(can, plan, { ...filter, size: pageRows });
  const isHidden = !isOwnPlan(can, plan) && !can.scope('users.invite').all;
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
  return { rows: shown, hasMore };
}

/** The newest of the actor's own changes that is being worked on, to lead them back to it from the list. */
export async function findBulkUnderWay(can: Can<'users.invite'>): Promise<BulkDetail['plan']['id'] | null> {
  const plan = await can.db.plan.findFirst({
    where: { kind: invitationsKind.kind, createdBy: can.actor.id, state: { in: ['preparing', 'applying'] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  });
  return plan?.id ?? null;
}
