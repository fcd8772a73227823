import type { PendingRow, PlanHead, RowResult } from '@/features/plans/schema';
import type { Work } from '@/server/work';
import { addToInvitations, invite } from '../inviting/service';
import { type ImportChange, readParams } from '../schema';
import { entriesOf, findKnown } from '../tracing/service';
import { grantDirectly, insertUsers, lockUnchanged, makeGroups, updateUsers } from '../writing/service';
import { stepsNotHeld } from './policy';
import { isDirect, type Step } from './schema';

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

  for (const step of await stepsNotHeld(work, steps)) refuse(step, 'grant_lost');
  const unchanged = await lockUnchanged(work.db, steps.filter(isOpen));
  for (const step of steps.filter(isOpen)) if (isBound(step) && !unchanged.has(step.n)) refuse(step, 'changed');
  await makeGroups(work, steps.filter(isOpen));
  // A group of that name that somebody made since the review may hold anything.
  const named = steps.filter((step) => isOpen(step) && step.change.row.newGroups.length > 0);
  for (const step of await stepsNotHeld(work, named)) refuse(step, 'grant_lost');

  const inserted = await insertUsers(
    work,
    steps.filter((step) => isOpen(step) && step.change.as === 'new'),
  );
  await settleRaces(work, plan, steps.filter(isOpen), inserted, refuse);

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

/** Whether the row was judged against something that may have moved since: a person's version, an open invitation. */
function isBound(step: Step): boolean {
  return step.change.as === 'person' || step.change.as === 'amend';
}

function didOf(step: Step): string {
  if (step.change.as === 'person' || step.change.as === 'amend') return 'updated';
  return step.change.invite ? 'invited' : 'created';
}

/**
 * An address that got an account since the review. The platform's importer is told; to an org admin it goes on looking
 * like anybody they invite, unless the person is one of their own now.
 */
async function settleRaces(
  work: ImportWork,
  plan: PlanHead,
  steps: Step[],
  inserted: Set<string>,
  refuse: (step: Step, reason: string) => void,
) {
  const late = steps.filter((step) => step.change.as === 'new' && !inserted.has(step.userId ?? ''));
  if (late.length === 0) return;
  const people = await work.db.$queryRaw<{ id: string; email: string; mine: boolean }[]>`
    SELECT u.id, u.email, EXISTS (SELECT 1 FROM membership m WHERE m.user_id = u.id AND m.organization_id = ${plan.organizationId}::uuid)
        OR EXISTS (SELECT 1 FROM invitation i WHERE i.user_id = u.id AND i.state = 'open'
                      AND i.organization_id = ${plan.organizationId}::uuid) AS mine
      FROM "user" u WHERE u.email = ANY(${late.map((step) => step.change.row.email)}::text[])`;
  const byEmail = new Map(people.map((person) => [person.email, person]));
  for (const step of late) {
    const person = byEmail.get(step.change.row.email);
    if (!person || plan.organizationId === null || person.mine) refuse(step, 'exists_now');
    else {
      step.userId = person.id;
      step.change = { ...step.change, as: 'invite' };
    }
  }
}
