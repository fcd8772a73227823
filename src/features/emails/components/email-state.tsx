import { Badge } from '@/components/ui/badge';
import type { Tone } from '@/components/ui/tone';
import { type EmailState as State, stateWords } from '../list.schema';

const tones: Record<State, Tone> = {
  pending: 'info',
  sending: 'info',
  sent: 'good',
  failed: 'bad',
  unknown: 'warn',
  unsent: 'neutral',
};

export function EmailState({ state }: { state: State }) {
  return (
    <Badge tone={tones[state]} dot>
      {stateWords[state]}
    </Badge>
  );
}
