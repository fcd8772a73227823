import { isDeepStrictEqual } from 'node:util';
import type { PlanHead } from '@/features/plans/plan.schema';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Work, Writes } from '@/server/work';
import type { Step } from './apply.schema';
import type { ImportParams } from './columns.schema';
import { type Compared, compareRow } from './diff.service';
import type { ReasonCode } from './messages.schema';
import { isAllPowerful } from './validate.policy';
import { findPeople } from './validate.queries';

const lockOnly = unscoped('the rows are only locked, then compared');

/**
 * Compares again under lock: a review may be days old, accepting an invitation does not change a person's version, and
 * an address may belong to another account by now. Refuses rows whose outcome would differ from the review.
 */
export async function recheck(
  work: Work<'users.import'>,
  { plan, params }: { plan: PlanHead; params: ImportParams },
  steps: Step[],
  refuse: (step: Step, reason: ReasonCode) => void,
) {
  if (steps.length === 0) return;
  await lockBehind(work, steps);
  const emails = steps.map((step) => step.change.row.email);
  const people = await findPeople(work, emails, !isAllPowerful(work));
  const context = { can: work, params, own: plan.organizationId, people };
  for (const step of steps) {
    const now = compareRow(step.change.row, context);
    const isInvited = step.change.as === 'new' || step.change.as === 'invite';
    const version = people.get(step.change.row.email)?.version ?? null;
    const reason = isInvited ? readdress(step, now) : asReviewed(step, now, version);
    if (reason) refuse(step, reason);
  }
}

/** Locks the people first, as every change of access does, then the invitations that get new grants. */
async function lockBehind(work: Writes, steps: Step[]) {
  const emails = steps.map((step) => step.change.row.email);
  await work.read(lockOnly, sql`SELECT id FROM "user" WHERE email = ANY(${emails}::text[]) ORDER BY id FOR UPDATE`);
  const open = steps.flatMap((step) => step.change.open ?? []);
  await work.read(lockOnly, sql`SELECT id FROM invitation WHERE id = ANY(${open}::uuid[]) ORDER BY id FOR UPDATE`);
}

/**
 * An invitation goes to the address, whoever has it now. A platform importer is told if an account appeared since the
 * review. An org admin is not, unless the account joined their own organization.
 */
function readdress(step: Step, now: Compared): ReasonCode | null {
  const { as } = now.change;
  if (as !== 'new' && as !== 'invite') return 'exists_now';
  step.userId = now.subjectId;
  step.change = { ...step.change, as };
  return null;
}

function asReviewed(step: Step, now: Compared, version: number | null): ReasonCode | null {
  const { set: _set, before: _before, ...rest } = step.change;
  if (now.subjectId !== step.userId || (step.version !== null && version !== step.version)) return 'changed';
  const [reason] = now.reasons;
  if (reason && now.verdict !== 'update') return reason.code;
  if (isDeepStrictEqual(now.change, step.change)) return null;
  // If somebody else manages the account now, its name and phone stay. The rest of the row still applies.
  if (reason?.code !== 'not_managed' || !isDeepStrictEqual(now.change, rest)) return 'changed';
  step.change = now.change;
  return null;
}
