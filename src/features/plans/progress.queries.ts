import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import type { PlanDetail } from './details.queries';
import type { PlanState } from './plan.schema';
import { countByStatus } from './rows.queries';

export type PlanProgress = {
  state: PlanState;
  done: number;
  total: number;
  applied: number;
  refused: number;
  perSecond: number | null;
  secondsLeft: number | null;
};

/** Progress of a plan. The rate is the average of the whole run, so that it does not jump. */
export async function getProgress(can: Can, plan: PlanDetail): Promise<PlanProgress> {
  const counts = plan.state === 'applying' ? await countByStatus(can, plan.id) : {};
  const [clock] = await can.read<{ seconds: number | null }>(
    unscoped('only the clock is read'),
    sql`
      SELECT extract(epoch FROM clock_timestamp() - ${plan.startedAt}::timestamptz)::float8 AS seconds`,
  );
  const seconds = clock?.seconds ?? 0;
  const perSecond = plan.doneRows > 0 && seconds > 0.5 ? plan.doneRows / seconds : null;
  return {
    state: plan.state,
    done: plan.doneRows,
    total: plan.total,
    applied: counts.applied ?? 0,
    refused: counts.refused ?? 0,
    perSecond: perSecond === null ? null : Math.round(perSecond),
    secondsLeft: perSecond === null ? null : Math.ceil((plan.total - plan.doneRows) / perSecond),
  };
}
