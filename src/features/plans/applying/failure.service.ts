import type { Permission } from '@/lib/permissions';
import { isDatabaseUnavailable, isDiskFull } from '@/server/db/errors';
import type { SystemWork } from '@/server/work';
import type { PlanFailure, PlanKind } from '../plan.schema';
import { endPlan } from './chunks.service';
import { lockPlan } from './lock.service';

/** How often the job of a plan may fail without coming further. Then the plan ends, and says so. */
const maxTries = 5;

/** How often a plan may be taken up without coming further: a row that kills whoever works on it ends the plan too. */
export const maxTakeUps = 20;

/**
 * Counts that the job threw, and ends the plan when that happens again and again; true says so. A database that is
 * away does not count: then it goes on for as long as it takes. Of workers that were killed the sweep takes account.
 */
export async function countFailure<P extends Permission>(
  work: SystemWork,
  kind: PlanKind<P>,
  id: string,
  error: unknown,
): Promise<boolean> {
  if (isDatabaseUnavailable(error)) return false;
  const [plan] = await work.db.$queryRaw<{ tries: number }[]>`
    UPDATE plan SET tries = tries + 1 WHERE id = ${id}::uuid AND state IN ('preparing', 'applying') RETURNING tries`;
  if (!plan || plan.tries < maxTries) return false;
  await failPlan(work, kind, id, isDiskFull(error) ? 'disk_full' : 'stuck');
  return true;
}

/** Ends a plan that cannot go on; what was applied stays and is on the receipt. */
export async function failPlan<P extends Permission>(
  work: SystemWork,
  kind: PlanKind<P>,
  id: string,
  error: PlanFailure,
): Promise<void> {
  const plan = await lockPlan(work.db, id);
  if (!plan || !['preparing', 'applying'].includes(plan.state)) return;
  const counts = await endPlan(work.db, plan, 'failed', error);
  await kind.stopped?.(work, plan);
  await work.audit({
    action: `${kind.kind}.failed`,
    subject: { type: kind.kind, id },
    organizationId: plan.organizationId,
    after: { error, ...counts },
  });
}
