import type { PendingRow, PlanHead, RowResult } from '@/features/plans/plan.schema';
import type { Work } from '@/server/work';
import { isDirect, type Step, userOf } from './apply.schema';
import { grantDirectly, insertUsers, makeGroups, updateUsers } from './apply-accounts.service';
import { entriesOf, findKnown } from './apply-audit.service';
import { stepsBeyondRights } from './apply-grants.queries';
import { addToInvitations, invite } from './apply-invitations.service';
import { readParams } from './columns.schema';
import { recheck } from './revalidate.service';
import type { ImportChange } from './review.schema';

type ImportWork = Work<'users.import'>;

/**
 * Applies one chunk with a fixed number of set statements, whatever its size. Rows that became impossible or forbidden
 * since the review are refused with a reason. Nobody is created twice.
 */
export async function applyChunk(work: ImportWork, plan: PlanHead, rows: PendingRow[]): Promise<RowResult[]> {
  const params = readParams(plan.params);
  if (!params) throw new Error('This import has no params.');
  const results = new Map<number, RowResult>();
  const refuse = (step: Step, reason: string) => results.set(step.n, { n: step.n, status: 'refused', reason });
  const isOpen = (step: Step) => !results.has(step.n);
  const steps = rows.map(toStep);

  for (const step of await stepsBeyondRights(work, steps)) refuse(step, 'grant_lost');
  const existing = steps.filter((step) => isOpen(step) && step.change.as !== 'new');
  await recheck(work, { plan, params }, existing, refuse);
  await makeGroups(work, steps.filter(isOpen));
  // Somebody may have created a group of that name since the review, with any roles.
  const named = steps.filter((step) => isOpen(step) && step.change.row.newGroups.length > 0);
  for (const step of await stepsBeyondRights(work, named)) refuse(step, 'grant_lost');

  const added = steps.filter((step) => isOpen(step) && step.change.as === 'new');
  const inserted = await insertUsers(work, added);
  const late = added.filter((step) => !inserted.has(userOf(step)));
  // The account that took the address may already be gone again. Then nobody has the address and the row is refused.
  await recheck(work, { plan, params }, late, refuse);
  for (const step of late) if (isOpen(step) && step.change.as === 'new') refuse(step, 'exists_now');

  const valid = steps.filter(isOpen);
  const known = await findKnown(work, valid);
  await updateUsers(work, valid);
  await addToInvitations(work, valid);
  await grantDirectly(work, valid.filter(isDirect));
  // Last: its mails lock the organization's quota, for which others may wait with rows locked.
  const invited = await invite(
    work,
    valid.filter((step) => step.change.invite),
    params.message,
  );
  await work.audit(...valid.flatMap((step) => entriesOf(step, known)), ...invited);
  for (const step of valid) {
    const did = didOf(step);
    results.set(step.n, { n: step.n, status: 'applied', subjectId: step.userId, did });
  }
  return rows.map((row) => results.get(row.n)).filter((result) => result !== undefined);
}

function toStep(row: PendingRow): Step {
  const change = row.change as unknown as ImportChange;
  return {
    n: row.n,
    verdict: row.verdict,
    change,
    userId: row.subjectId,
    version: row.subjectVersion,
    place: change.row.organization,
    roles: change.addRoles ?? [],
    groups: change.addGroups ?? [],
  };
}

function didOf(step: Step): string {
  if (step.change.as === 'person' || step.change.as === 'amend') return 'updated';
  return step.change.invite ? 'invited' : 'created';
}
