import { Badge } from '@/components/ui/badge';
import type { Tone } from '@/components/ui/tone';
import type { InvitationStatus } from '../list.schema';

const looks: Record<InvitationStatus, { tone: Tone; word: string; title: string }> = {
  queued: { tone: 'neutral', word: 'Queued', title: 'The email is waiting to be sent.' },
  sent: { tone: 'info', word: 'Sent', title: 'The mail server accepted the email.' },
  opened: { tone: 'accent', word: 'Opened', title: 'The link was opened, possibly by a mail scanner.' },
  failed: { tone: 'bad', word: 'Failed', title: 'The email could not be sent.' },
  bounced: { tone: 'bad', word: 'Bounced', title: 'The mail server refused the address.' },
  held: { tone: 'warn', word: 'Needs confirmation', title: 'Its sender can no longer grant this access.' },
  accepted: { tone: 'good', word: 'Accepted', title: 'The person has joined.' },
  expired: { tone: 'warn', word: 'Expired', title: 'The link expired unused.' },
  cancelled: { tone: 'neutral', word: 'Cancelled', title: 'The link no longer works.' },
};

export function statusWord(status: InvitationStatus): string {
  return looks[status].word;
}

export function InvitationBadge({ status }: { status: InvitationStatus }) {
  const { tone, word, title } = looks[status];
  return (
    <Badge tone={tone} dot title={title}>
      {word}
    </Badge>
  );
}
