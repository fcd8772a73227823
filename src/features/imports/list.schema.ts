import { z } from 'zod';
import type { PlanState } from '@/features/plans/plan.schema';
import { isId } from '@/lib/ids';
import { fieldLimits } from '@/lib/limits';
import { firstOf, type SearchParams } from '@/lib/search-params';

/** What the list of imports can be narrowed to. */
export const importStates = {
  preparing: 'In preparation',
  ready: 'Waits for confirmation',
  applying: 'Importing',
  done: 'Done',
  cancelled: 'Stopped or discarded',
  failed: 'Failed',
} satisfies Record<PlanState, string>;

const importId = z.string().refine(isId).optional().catch(undefined);

const importsFilterSchema = z.object({
  q: z.string().trim().max(fieldLimits.searchMaxChars).default('').catch(''),
  state: z
    .enum(Object.keys(importStates) as [PlanState, ...PlanState[]])
    .optional()
    .catch(undefined),
  before: importId,
  after: importId,
});

export type ImportsFilter = z.output<typeof importsFilterSchema>;

/** The address of the list of imports. What it does not understand is left out, so an old link still opens. */
export function readImportsFilter(params: SearchParams): ImportsFilter {
  return importsFilterSchema.parse({
    q: firstOf(params, 'q'),
    state: firstOf(params, 'state'),
    before: firstOf(params, 'before'),
    after: firstOf(params, 'after'),
  });
}
