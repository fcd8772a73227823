import { planLook } from '@/components/ui/plan-look';
import type { StatusLook } from '@/components/ui/status';
import type { PlanState } from '@/features/plans/plan.schema';

type State = { state: PlanState; isWhole: boolean; hasColumns: boolean; isDiscarded: boolean };

export function importLook({ state, isWhole, hasColumns, isDiscarded }: State): StatusLook {
  if (state === 'preparing' && !isWhole) return planLook(state, 'Uploading');
  if (state === 'preparing' && !hasColumns) return planLook(state, 'Waiting for columns');
  if (isDiscarded) return planLook(state, 'Discarded');
  return planLook(state, state === 'applying' ? 'Importing' : undefined);
}
