import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';
import { planColumns } from '../details.queries';
import type { PlanHead } from '../plan.schema';

const namedByNobody = unscoped('the id comes from the queue or was made here, never from a person');

export async function lockPlan(work: Writes, id: string): Promise<PlanHead | null> {
  const lock = sql`SELECT ${planColumns} FROM plan p WHERE p.id = ${id}::uuid FOR UPDATE`;
  const [plan] = await work.read<PlanHead>(namedByNobody, lock);
  return plan ?? null;
}

/** Starts work on a plan, so that a worker with an older epoch can no longer write. Null if there is nothing to do. */
export async function takeUp(work: Writes, id: string, state: PlanHead['state']): Promise<PlanHead | null> {
  const plan = await lockPlan(work, id);
  if (plan?.state !== state) return null;
  await work.write(
    namedByNobody,
    sql`
      UPDATE plan SET epoch = epoch + 1, take_ups = take_ups + 1, worked_at = app_now(),
             started_at = coalesce(started_at, app_now())
       WHERE id = ${id}::uuid`,
  );
  return { ...plan, epoch: plan.epoch + 1 };
}

/** Whether no other worker took over and nobody cancelled. Locks the plan. */
export async function stillOwnsEpoch(work: Writes, taken: PlanHead): Promise<boolean> {
  const plan = await lockPlan(work, taken.id);
  return plan !== null && plan.epoch === taken.epoch && plan.state === taken.state;
}
