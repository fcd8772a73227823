import type { PlanKind } from '@/features/plans/plan.schema';
import { applyChunk } from './apply.service';
import { readParams } from './columns.schema';
import { applyImportJob, validateImportJob } from './plan.jobs';
import { importVerdicts } from './review.schema';
import { dropFile, dropStagedRows } from './staging.service';

export const importKind: PlanKind<'users.import'> = {
  kind: 'import',
  permission: 'users.import',
  prepareJob: validateImportJob,
  applyJob: applyImportJob,
  verdicts: importVerdicts,
  handsOut: (params) => readParams(params)?.handsOut ?? { roles: [], groups: [] },
  applyChunk,
  finished: (work, plan) => dropStagedRows(work, plan.id),
  // After an import that started, the failed rows stay for download. Before that, nothing is kept.
  stopped: (work, plan) => (plan.state === 'applying' ? dropStagedRows(work, plan.id) : dropFile(work, plan.id)),
};
