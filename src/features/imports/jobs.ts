import { z } from 'zod';
import { countFailure, failPlan, registerPlanKind } from '@/features/plans/service';
import { job, systemJob } from '@/server/job';
import { judgeImport } from './judging/service';
import { importKind } from './kind/service';
import { dropLateRows, endCutOffUploads } from './staging/service';

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
  failed: (work, { id }, error) => countFailure(work, importKind, id, error),
});

/** Every minute: uploads that a dead web process left behind. */
systemJob({
  name: 'imports.cut-off',
  cron: '* * * * *',
  input: z.unknown(),
  run: async ({ unit }) => {
    await unit(endCutOffUploads, { exempt: true });
    await unit(dropLateRows, { exempt: true });
  },
});
