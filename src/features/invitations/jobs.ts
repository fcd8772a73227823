import { z } from 'zod';
import { countFailure, failPlan, registerPlanKind } from '@/features/plans/service';
import { job, systemJob } from '@/server/job';
import { prepareBulk } from './bulk/service';
import { invitationsKind } from './chunks/service';
import { expireInvitations } from './lifecycle/service';
import { remindInvitations } from './reminders/service';

const batch = 2000;
const reminderBatch = 500;

/** Every ten minutes, in small units so that nobody waits for a lock. */
systemJob({
  name: 'invitations.expire',
  input: z.unknown(),
  cron: '*/10 * * * *',
  async run({ unit }) {
    for (;;) {
      const count = await unit((work) => expireInvitations(work, batch), { exempt: true });
      if (count < batch) return;
    }
  },
});

/** In small units: each takes other invitations than those that another worker is at. */
systemJob({
  name: 'invitations.remind',
  input: z.unknown(),
  async run({ unit }) {
    // The last ones first: whoever gets that needs no other.
    for (const which of ['last', 'first'] as const) {
      let count = reminderBatch;
      while (count === reminderBatch) {
        count = await unit((work) => remindInvitations(work, which, reminderBatch), { exempt: true });
      }
    }
  },
});

registerPlanKind(invitationsKind);

/** Judges the rows of a large selection on behalf of who made it. */
job({
  name: invitationsKind.prepareQueue,
  permission: 'users.invite',
  input: z.object({ id: z.uuid() }),
  actor: async (db, { id }) =>
    (await db.plan.findUnique({ where: { id }, select: { createdBy: true } }))?.createdBy ?? null,
  run: (tools, { id }) => prepareBulk(tools, id),
  refused: (work, { id }) => failPlan(work, invitationsKind, id, 'not_allowed'),
  failed: (work, { id }, error) => countFailure(work, invitationsKind, id, error),
});
