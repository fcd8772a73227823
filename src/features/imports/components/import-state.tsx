import { PlanBadge } from '@/components/ui/plan-badge';
import type { PlanState } from '@/features/plans/plan.schema';

export function ImportState({
  state,
  isWhole,
  hasColumns,
  isDiscarded,
}: {
  state: PlanState;
  isWhole: boolean;
  hasColumns: boolean;
  isDiscarded: boolean;
}) {
  if (state === 'preparing' && !isWhole) return <PlanBadge state={state} text="Uploading" />;
  if (state === 'preparing' && !hasColumns) return <PlanBadge state={state} text="Waiting for columns" />;
  if (isDiscarded) return <PlanBadge state={state} text="Discarded" />;
  return <PlanBadge state={state} text={state === 'applying' ? 'Importing' : undefined} />;
}
