import { assertMayGrant } from '@/features/roles/policy';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import type { InvitationStatus } from './schema';

type Standing = {
  state: 'open' | 'accepted' | 'cancelled' | 'expired';
  delivery: 'queued' | 'sent' | 'failed' | 'bounced' | 'opened';
  heldSince: Date | null;
  expiresAt: Date;
};

/** One word for where an invitation stands: its end, or how its delivery goes while it is open. */
export function statusOf(invitation: Standing, now: Date): InvitationStatus {
  if (invitation.state !== 'open') return invitation.state;
  if (invitation.expiresAt <= now) return 'expired';
  return invitation.heldSince ? 'held' : invitation.delivery;
}

/** An accepted or cancelled invitation is over; an expired one may be sent again or put away. */
export function isPending(invitation: Pick<Standing, 'state'>): boolean {
  return invitation.state === 'open' || invitation.state === 'expired';
}

/** An initial password is set on the platform only: inside an organization it would be a way into its people. */
export function maySetPassword(can: Pick<Can, 'may'>): boolean {
  return can.may('users.setPassword', null);
}

type Grants = { roleIds: readonly string[]; groupIds: readonly string[]; organizationId: string | null };

/** Who sends an invitation must be allowed to invite there and to grant all of it: when sending, and when it is used. */
export async function assertMaySend(can: Can, grants: Grants) {
  if (!can.may('users.invite', grants.organizationId)) throw new Fail('not_allowed');
  await assertMayGrant(can, grants);
}

/** The same as a question, for the moment somebody accepts. */
export async function maySend(can: Can, grants: Grants): Promise<boolean> {
  try {
    await assertMaySend(can, grants);
    return true;
  } catch (error) {
    if (error instanceof Fail) return false;
    throw error;
  }
}
