import { z } from 'zod';
import type { PlanState } from '@/features/plans/plan.schema';
import { idParam, param, searchParam } from '@/lib/list-params';
import type { SearchParams } from '@/lib/search-params';

export const importStates = {
  preparing: 'In preparation',
  ready: 'Waiting for confirmation',
  applying: 'Importing',
  done: 'Done',
  cancelled: 'Stopped or discarded',
  failed: 'Failed',
} satisfies Record<PlanState, string>;

const importsFilterSchema = z.object({
  q: searchParam,
  state: param(z.enum(Object.keys(importStates) as [PlanState, ...PlanState[]])),
  /** Only those that the reader made. */
  by: param(z.enum(['me'])),
  /** `lately`: from the last seven days. `columns`: somebody still has to say what its columns are. */
  age: param(z.enum(['lately'])),
  step: param(z.enum(['columns'])),
  before: idParam,
  after: idParam,
});

export type ImportsFilter = z.output<typeof importsFilterSchema>;
export type ImportsMatch = Omit<ImportsFilter, 'before' | 'after'>;

export function readImportsFilter(params: SearchParams): ImportsFilter {
  return importsFilterSchema.parse(params);
}
