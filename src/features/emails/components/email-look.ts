import type { StatusLook } from '@/components/ui/status';
import type { Tone } from '@/components/ui/tone';
import { type EmailState, stateWords } from '../list.schema';

const tones: Record<EmailState, Tone> = {
  pending: 'info',
  sending: 'info',
  sent: 'good',
  failed: 'bad',
  unknown: 'warn',
  unsent: 'neutral',
};

export const emailLook = (state: EmailState): StatusLook => ({ tone: tones[state], word: stateWords[state] });
