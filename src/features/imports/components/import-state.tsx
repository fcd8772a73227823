import { Badge } from '@/components/ui/badge';
import type { PlanState } from '@/features/plans/schema';

const words = {
  columns: { tone: 'info', text: 'Waiting for its columns' },
  preparing: { tone: 'info', text: 'Being checked' },
  ready: { tone: 'warn', text: 'Ready for review' },
  applying: { tone: 'info', text: 'Importing' },
  done: { tone: 'good', text: 'Done' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  failed: { tone: 'bad', text: 'Failed' },
} as const;

/** Where an import stands, in colour and words. */
export function ImportState({ state, hasColumns }: { state: PlanState; hasColumns: boolean }) {
  const { tone, text } = words[state === 'preparing' && !hasColumns ? 'columns' : state];
  return (
    <Badge tone={tone} dot>
      {text}
    </Badge>
  );
}
