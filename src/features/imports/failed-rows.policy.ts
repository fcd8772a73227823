import type { PlanDetail } from '@/features/plans/details.queries';

export function failedRowsOf({ counts, receipt }: Pick<PlanDetail, 'counts' | 'receipt'>): number {
  const { conflict = 0, error = 0, not_allowed = 0 } = counts;
  return conflict + error + not_allowed + (receipt?.counts.refused ?? 0);
}
