import { z } from 'zod';
import { countFailure, failPlan } from '@/features/plans/applying/failure.service';
import { registerPlanKind } from '@/features/plans/lifecycle.service';
import { job } from '@/server/job';
import { invitationsKind } from './bulk-apply.service';
import { prepareBulk } from './plan.service';

registerPlanKind(invitationsKind);

job({
  name: invitationsKind.validateQueue,
  permission: 'users.invite',
  input: z.object({ id: z.uuid() }),
  actor: async (db, { id }) =>
    (await db.plan.findUnique({ where: { id }, select: { createdBy: true } }))?.createdBy ?? null,
  run: (tools, { id }) => prepareBulk(tools, id),
  refused: (work, { id }) => failPlan(work, invitationsKind, id, 'not_allowed'),
  failed: (work, { id }, error) => countFailure(work, invitationsKind, id, error),
});
