import type { InvitationStatus } from './list.schema';

type DeliveryState = {
  state: 'open' | 'accepted' | 'cancelled' | 'expired';
  delivery: 'queued' | 'sent' | 'failed' | 'bounced' | 'opened';
  onHoldSince: Date | null;
  expiresAt: Date;
};

export function statusOf(invitation: DeliveryState, now: Date): InvitationStatus {
  if (invitation.state !== 'open') return invitation.state;
  // Its days begin with the sending, so a waiting one is not over: see overdue.queries.ts.
  if (invitation.delivery !== 'queued' && invitation.expiresAt <= now) return 'expired';
  return invitation.onHoldSince ? 'held' : invitation.delivery;
}

/** An expired invitation counts too, because it can still be resent or cancelled. */
export function isPending(invitation: Pick<DeliveryState, 'state'>): boolean {
  return invitation.state === 'open' || invitation.state === 'expired';
}
