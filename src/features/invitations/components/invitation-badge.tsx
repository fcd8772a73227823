import { Badge } from '@/components/ui/badge';
import type { Tone } from '@/components/ui/tone';
import type { InvitationStatus } from '../list.schema';

const looks: Record<InvitationStatus, { tone: Tone; word: string; title: string }> = {
  queued: { tone: 'neutral', word: 'Queued', title: 'The email waits to be sent.' },
  sent: { tone: 'info', word: 'Sent', title: 'The mail server took the email.' },
  opened: { tone: 'accent', word: 'Opened', title: 'The page behind the link was opened, maybe by a mail scanner.' },
  failed: { tone: 'bad', word: 'Failed', title: 'The email could not be handed to the mail server.' },
  bounced: { tone: 'bad', word: 'Bounced', title: 'The mail server refused the address.' },
  held: { tone: 'warn', word: 'Needs confirmation', title: 'Its sender may no longer grant what it holds.' },
  accepted: { tone: 'good', word: 'Accepted', title: 'The person is in.' },
  expired: { tone: 'warn', word: 'Expired', title: 'The link ran out unused.' },
  cancelled: { tone: 'neutral', word: 'Cancelled', title: 'The link is dead.' },
};

/** How each state is called, for filters. */
export function statusWord(status: InvitationStatus): string {
  return looks[status].word;
}

/** Where an invitation stands, as a word with a colour. */
export function InvitationBadge({ status }: { status: InvitationStatus }) {
  const { tone, word, title } = looks[status];
  return (
    <Badge tone={tone} dot title={title}>
      {word}
    </Badge>
  );
}
