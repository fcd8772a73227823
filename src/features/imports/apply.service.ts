import type { PendingRow, PlanHead, RowResult } from '@/features/plans/plan.schema';
import type { Work } from '@/server/work';
import { isDirect, type Step, userOf } from './apply.schema';
import { grantDirectly, insertUsers, makeGroups, updateUsers } from './apply-accounts.service';
import { entriesOf, findKnown } from './apply-audit.service';
import { stepsBeyondRights } from './apply-grants.policy';
import { addToInvitations, invite } from './apply-invitations.service';
import { readParams } from './columns.schema';
import { recheck } from './revalidate.service';
import type { ImportChange } from './review.schema';

type ImportWork = Work<'users.import'>;

/**
 * One chunk of an import: a fixed number of set statements whatever its size. Rows that somebody else was quicker with,
 * or that may not be done any more, are refused with the reason; nobody is made twice.
 */
export async function applyChunk(work: ImportWork, plan: PlanHead, rows: PendingRow[]): Promise<RowResult[]> {
  const params = readParams(plan.params);
  if (!params) throw new Error('An import without its params.');
  const results = new Map<number, RowResult>();
  const refuse = (step: Step, reason: string) => results.set(step.n, { n: step.n, status: 'refused', reason });
  const isOpen = (step: Step) => !results.has(step.n);
  const steps = rows.map(toStep);

  for (const step of await stepsBeyondRights(work, steps)) refuse(step, 'grant_lost');
  const there = steps.filter((step) => isOpen(step) && step.change.as !== 'new');
  await recheck(work, { plan, params }, there, refuse);
  await makeGroups(work, steps.filter(isOpen));
  // A group of that name that somebody made since the review may hold anything.
  const named = steps.filter((step) => isOpen(step) && step.change.row.newGroups.length > 0);
  for (const step of await stepsBeyondRights(work, named)) refuse(step, 'grant_lost');

  const added = steps.filter((step) => isOpen(step) && step.change.as === 'new');
  const inserted = await insertUsers(work, added);
  const late = added.filter((step) => !inserted.has(userOf(step)));
  // Whoever was quicker may be gone again by now: then the address is still nobody's, and the row not done.
  await recheck(work, { plan, params }, late, refuse);
  for (const step of late) if (isOpen(step) && step.change.as === 'new') refuse(step, 'exists_now');

  const sound = steps.filter(isOpen);
  const known = await findKnown(work.db, sound);
  await updateUsers(work, sound);
  await addToInvitations(work, sound);
  const invited = await invite(
    work,
    sound.filter((step) => step.change.invite),
    params.message,
  );
  await grantDirectly(work, sound.filter(isDirect));
  await work.audit(...sound.flatMap((step) => entriesOf(step, known)), ...invited);
  for (const step of sound) {
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
