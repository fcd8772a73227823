import type { Tx } from '@/server/db/client';
import { sql } from '@/server/db/sql';
import { planColumns } from '../details.queries';
import type { PlanHead } from '../plan.schema';

export async function lockPlan(db: Tx, id: string): Promise<PlanHead | null> {
  const rows = await db.$queryRaw<PlanHead[]>(
    sql`SELECT ${planColumns} FROM plan p WHERE p.id = ${id}::uuid FOR UPDATE`,
  );
  return rows[0] ?? null;
}

/** Starts work on a plan, so that a worker with an older epoch can no longer write. Null if there is nothing to do. */
export async function takeUp(db: Tx, id: string, state: PlanHead['state']): Promise<PlanHead | null> {
  const plan = await lockPlan(db, id);
  if (plan?.state !== state) return null;
  await db.$executeRaw`
    UPDATE plan SET epoch = epoch + 1, take_ups = take_ups + 1, worked_at = app_now(),
           started_at = coalesce(started_at, app_now())
     WHERE id = ${id}::uuid`;
  return { ...plan, epoch: plan.epoch + 1 };
}

/** Whether no other worker took over and nobody cancelled. Locks the plan. */
export async function stillOwnsEpoch(db: Tx, taken: PlanHead): Promise<boolean> {
  const plan = await lockPlan(db, taken.id);
  return plan !== null && plan.epoch === taken.epoch && plan.state === taken.state;
}
