import { z } from 'zod';
import { countFailure, failPlan } from '@/features/plans/applying/failure.service';
import { registerPlanKind } from '@/features/plans/lifecycle.service';
import { job } from '@/server/job';
import { importKind } from './plan-kind.service';
import { validateImport } from './validate.service';

registerPlanKind(importKind);

/** Validates the rows of an uploaded file with the permissions of the person who uploaded it. */
job({
  name: importKind.validateQueue,
  permission: 'users.import',
  input: z.object({ id: z.uuid() }),
  actor: async (db, { id }) =>
    (await db.plan.findUnique({ where: { id }, select: { createdBy: true } }))?.createdBy ?? null,
  run: (tools, { id }) => validateImport(tools, id),
  refused: (work, { id }) => failPlan(work, importKind, id, 'not_allowed'),
  failed: (work, { id }, error) => countFailure(work, importKind, id, error),
});
