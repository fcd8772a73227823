import { Badge } from './badge';

const stateWords = {
  preparing: { tone: 'info', text: 'Checking' },
  ready: { tone: 'warn', text: 'Ready for review' },
  applying: { tone: 'info', text: 'In progress' },
  done: { tone: 'good', text: 'Done' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  failed: { tone: 'bad', text: 'Failed' },
} as const;

export function PlanBadge({ state, text }: { state: keyof typeof stateWords; text?: string | undefined }) {
  return (
    <Badge tone={stateWords[state].tone} dot>
      {text ?? stateWords[state].text}
    </Badge>
  );
}
