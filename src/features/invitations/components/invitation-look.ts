import type { StatusLook } from '@/components/ui/status';
import type { InvitationStatus } from '../list.schema';

export const invitationLook: Record<InvitationStatus, StatusLook> = {
  queued: { tone: 'neutral', word: 'Queued', hint: 'The email is waiting to be sent.' },
  sent: { tone: 'info', word: 'Sent', hint: 'The mail server accepted the email.' },
  opened: { tone: 'accent', word: 'Opened', hint: 'The link was opened, possibly by a mail scanner.' },
  failed: { tone: 'bad', word: 'Failed', hint: 'The email could not be sent.' },
  bounced: { tone: 'bad', word: 'Bounced', hint: 'The mail server refused the address.' },
  held: { tone: 'warn', word: 'Needs confirmation', hint: 'Its sender can no longer grant this access.' },
  accepted: { tone: 'good', word: 'Accepted', hint: 'The person has joined.' },
  expired: { tone: 'warn', word: 'Expired', hint: 'The link expired unused.' },
  cancelled: { tone: 'neutral', word: 'Cancelled', hint: 'The link no longer works.' },
};
