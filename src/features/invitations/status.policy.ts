import type { InvitationStatus } from './list.schema';

type DeliveryState = {
  state: 'open' | 'accepted' | 'cancelled' | 'expired';
  delivery: 'queued' | 'sent' | 'failed' | 'bounced' | 'opened';
  onHoldSince: Date | null;
  expiresAt: Date;
};

/** One word for where an invitation stands: its end, or how its delivery goes while it is open. */
export function statusOf(invitation: DeliveryState, now: Date): InvitationStatus {
  if (invitation.state !== 'open') return invitation.state;
  if (invitation.expiresAt <= now) return 'expired';
  return invitation.onHoldSince ? 'held' : invitation.delivery;
}

/** An accepted or cancelled invitation is over; an expired one may be sent again or put away. */
export function isPending(invitation: Pick<DeliveryState, 'state'>): boolean {
  return invitation.state === 'open' || invitation.state === 'expired';
}
