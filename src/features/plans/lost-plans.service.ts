import { sql } from '@/server/db/sql';
import { silenceSeconds } from '@/server/env';
import type { SystemTools } from '@/server/job';
import { unscoped } from '@/server/scope';
import { maxTakeUps } from './applying/failure.service';
import { planKinds } from './lifecycle.service';
import type { PlanHead } from './plan.schema';

/** A chunk takes well under a second. A plan without a write for this long has lost its worker. */
export const lostAfterSeconds = () => silenceSeconds(10);

type Lost = Pick<PlanHead, 'id' | 'kind' | 'state'> & { takeUps: number };

/** The epoch stops a worker that was only slow from writing; a locked plan is in use and skipped. */
export async function resumeLostPlans({ unit }: SystemTools) {
  await unit(async (work) => {
    const lost = await work.writeReturning<Lost>(
      unscoped('a job of the system'),
      sql`
        UPDATE plan SET worked_at = app_now() WHERE id IN (
          SELECT id FROM plan
           WHERE state IN ('preparing', 'applying')
             AND worked_at < app_now() - make_interval(secs => ${lostAfterSeconds()}::float8)
             FOR UPDATE SKIP LOCKED)
        RETURNING id, kind, state::text, take_ups AS "takeUps"`,
    );
    for (const plan of lost) {
      const kind = planKinds.get(plan.kind);
      if (plan.takeUps >= maxTakeUps) await kind?.giveUp(work, plan.id);
      else if (kind) await work.enqueue(kind.jobOf(plan.state), { id: plan.id });
    }
  });
}
