import { z } from 'zod';
import { failPlan, registerPlanKind } from '@/features/plans/service';
import { job } from '@/server/job';
import { judgeImport } from './judging/service';
import { importKind } from './kind/service';

registerPlanKind(importKind);

/** Judges the rows of an uploaded file on behalf of who uploaded it. */
job({
  name: importKind.prepareQueue,
  permission: 'users.import',
  input: z.object({ id: z.uuid() }),
  actor: async (db, { id }) =>
    (await db.plan.findUnique({ where: { id }, select: { createdBy: true } }))?.createdBy ?? null,
  run: (tools, { id }) => judgeImport(tools, id),
  refused: (work, { id }) => failPlan(work, importKind, id, 'not_allowed'),
});
