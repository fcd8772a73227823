import { z } from 'zod';
import { systemJob } from '@/server/job';
import { maxTakeUps } from './applying/failure.service';
import { planKinds } from './lifecycle.service';
import { lostAfterSeconds } from './lost-plans.service';
import type { PlanHead } from './plan.schema';

/**
 * The epoch stops a worker that was only slow from writing; a locked plan is in use and skipped. Worker processes check
 * much more often themselves (see worker.ts). This schedule is for when that fails.
 */
systemJob({
  name: 'plans.resume',
  cron: '* * * * *',
  input: z.looseObject({}).nullish(),
  run: async ({ unit }) => {
    await unit(
      async (work) => {
        const lost = await work.db.$queryRaw<(Pick<PlanHead, 'id' | 'kind' | 'state'> & { takeUps: number })[]>`
          UPDATE plan SET worked_at = app_now() WHERE id IN (
            SELECT id FROM plan
             WHERE state IN ('preparing', 'applying')
               AND worked_at < app_now() - make_interval(secs => ${lostAfterSeconds()}::float8)
               FOR UPDATE SKIP LOCKED)
          RETURNING id, kind, state::text, take_ups AS "takeUps"`;
        for (const plan of lost) {
          const kind = planKinds.get(plan.kind);
          if (plan.takeUps >= maxTakeUps) await kind?.giveUp(work, plan.id);
          else if (kind) await work.enqueue(kind.queueOf(plan.state), { id: plan.id });
        }
      },
      { exempt: true },
    );
  },
});
