import type { PendingRow, PlanHead, PlanKind, RowResult } from '@/features/plans/plan.schema';
import type { Work } from '@/server/work';
import { cancelInvitations } from '../cancel.service';
import { confirmInvitations } from '../confirm.service';
import { type LockedInvitation, lockInvitations } from '../obstacles.queries';
import { findOverQuota } from '../quota.service';
import { resendInvitations } from '../resend.service';
import { applyBulkJob, validateBulkJob } from './plan.jobs';
import { type BulkAction, type BulkReason, bulkVerdicts, readBulkParams } from './plan.schema';

const services = { resend: resendInvitations, confirm: confirmInvitations, cancel: cancelInvitations };
const done: Record<BulkAction, string> = { resend: 'resent', confirm: 'confirmed', cancel: 'cancelled' };

/** The scope is read in this transaction, so a right lost since the review makes a refused row. */
async function applyChunk(work: Work<'users.invite'>, plan: PlanHead, rows: PendingRow[]): Promise<RowResult[]> {
  const { action } = readBulkParams(plan.params);
  const ids = rows.flatMap(({ subjectId }) => subjectId ?? []);
  const found = new Map((await lockInvitations(work, ids)).map((invitation) => [invitation.id, invitation]));
  const applicable: LockedInvitation[] = [];
  const results = rows.map((row): RowResult => {
    const invitation = found.get(row.subjectId ?? '');
    const reason = refusalOf(row, invitation, action);
    if (!invitation || reason) return { n: row.n, status: 'refused', reason: reason ?? 'gone' };
    applicable.push(invitation);
    return { n: row.n, status: 'applied', did: done[action] };
  });
  const over = action === 'cancel' ? new Map() : await findOverQuota(work, applicable);
  await services[action](
    work,
    applicable.filter(({ id }) => !over.has(id)),
  );
  return results.map((result, at) =>
    result.status === 'applied' && over.has(rows[at]?.subjectId ?? '')
      ? { n: result.n, status: 'refused', reason: 'quota' satisfies BulkReason }
      : result,
  );
}

function refusalOf(row: PendingRow, invitation: LockedInvitation | undefined, action: BulkAction): BulkReason | null {
  if (!invitation) return 'gone';
  const obstacle = invitation[action];
  if (invitation.version !== row.subjectVersion || obstacle === 'not_pending') return 'changed';
  return obstacle;
}

/** Bulk actions on invitations as a kind of plan. They grant nothing that was not granted before. */
export const invitationsKind: PlanKind<'users.invite'> = {
  kind: 'invitations',
  permission: 'users.invite',
  prepareJob: validateBulkJob,
  applyJob: applyBulkJob,
  verdicts: bulkVerdicts,
  handsOut: () => ({ roles: [], groups: [] }),
  applyChunk,
};
