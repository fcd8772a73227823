import { Badge } from './badge';

const stateWords = {
  preparing: { tone: 'info', text: 'Being checked' },
  ready: { tone: 'warn', text: 'Ready for review' },
  applying: { tone: 'info', text: 'Under way' },
  done: { tone: 'good', text: 'Done' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  failed: { tone: 'bad', text: 'Failed' },
} as const;

/** Where a plan stands, in colour and words; `text` says it in words of its own kind. */
export function PlanBadge({ state, text }: { state: keyof typeof stateWords; text?: string | undefined }) {
  return (
    <Badge tone={stateWords[state].tone} dot>
      {text ?? stateWords[state].text}
    </Badge>
  );
}
