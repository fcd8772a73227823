import { Badge } from './badge';

const standing = {
  preparing: { tone: 'info', text: 'Being checked' },
  ready: { tone: 'warn', text: 'Ready for review' },
  applying: { tone: 'info', text: 'Under way' },
  done: { tone: 'good', text: 'Done' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  failed: { tone: 'bad', text: 'Failed' },
} as const;

/** Where a plan stands, in colour and words; `text` says it in words of its own kind. */
export function PlanBadge({ state, text }: { state: keyof typeof standing; text?: string | undefined }) {
  return (
    <Badge tone={standing[state].tone} dot>
      {text ?? standing[state].text}
    </Badge>
  );
}
