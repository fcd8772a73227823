import type { Permission } from '@/lib/permissions';
import { isDatabaseUnavailable, isDiskFull } from '@/server/db/errors';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';
import type { PlanFailure, PlanKind } from '../plan.schema';
import { endPlan } from './chunks.service';
import { lockPlan } from './lock.service';

/** After this many failures without progress (`tries`) the plan ends. */
const maxTries = 5;

/**
 * After this many starts without progress (`take_ups`) the plan ends too, for a row that kills its worker. Every
 * committed chunk sets both counts to 0.
 */
export const maxTakeUps = 20;

/**
 * Counts a failure of the job and ends the plan after too many. Returns true if it ended. An unavailable database does
 * not count: the job is retried for as long as that takes. The sweep counts killed workers.
 */
export async function countFailure<P extends Permission>(
  work: SystemWork,
  kind: PlanKind<P>,
  id: string,
  error: unknown,
): Promise<boolean> {
  if (isDatabaseUnavailable(error)) return false;
  const [plan] = await work.writeReturning<{ tries: number }>(
    unscoped('a job of the system'),
    sql`
      UPDATE plan SET tries = tries + 1 WHERE id = ${id}::uuid AND state IN ('preparing', 'applying') RETURNING tries`,
  );
  if (!plan || plan.tries < maxTries) return false;
  await failPlan(work, kind, id, isDiskFull(error) ? 'disk_full' : 'stuck');
  return true;
}

/** Ends a plan that cannot continue. What was applied stays and is on the receipt. */
export async function failPlan<P extends Permission>(
  work: SystemWork,
  kind: PlanKind<P>,
  id: string,
  error: PlanFailure,
): Promise<void> {
  const plan = await lockPlan(work, id);
  if (!plan || !['preparing', 'applying'].includes(plan.state)) return;
  const counts = await endPlan(work, plan, 'failed', error);
  await kind.stopped?.(work, plan);
  await work.audit({
    action: `${kind.kind}.failed`,
    subject: { type: kind.kind, id },
    organizationId: plan.organizationId,
    after: { error, ...counts },
  });
}
