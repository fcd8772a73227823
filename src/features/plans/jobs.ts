import { z } from 'zod';
import { systemJob } from '@/server/job';
import { planKinds } from './service';

/** A chunk takes well under a second; a plan nobody wrote to for this long lost its worker. */
const lostAfterSeconds = 10;
const lookAgainSeconds = [20, 40];

/**
 * Finds plans whose worker died and queues them again; the epoch keeps a worker that was merely slow from writing. While
 * any plan is under way it looks again within the minute, through the queue, so that a restart finds that look too.
 */
systemJob({
  name: 'plans.resume',
  cron: '* * * * *',
  input: z.object({ again: z.int().optional() }).nullish(),
  run: async ({ unit }, input) => {
    await unit(
      async (work) => {
        const lost = await work.db.$queryRaw<{ id: string; kind: string; state: string }[]>`
          UPDATE plan SET worked_at = app_now()
           WHERE state IN ('preparing', 'applying')
             AND worked_at < app_now() - make_interval(secs => ${lostAfterSeconds}::float8)
          RETURNING id, kind, state::text`;
        for (const plan of lost) {
          const kind = planKinds.get(plan.kind);
          if (kind)
            await work.enqueue(plan.state === 'applying' ? kind.applyQueue : kind.prepareQueue, { id: plan.id });
        }
        const underWay = await work.db.plan.count({
          where: { state: { in: ['preparing', 'applying'] }, workedAt: { not: null } },
        });
        if (underWay === 0 || input?.again !== undefined) return;
        for (const seconds of lookAgainSeconds)
          await work.enqueue('plans.resume', { again: seconds }, { startAfterSeconds: seconds });
      },
      { exempt: true },
    );
  },
});
