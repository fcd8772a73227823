import { type InvitationObstacle, obstacleText } from '@/lib/obstacle-words';
import { Fail, type FailCode } from '@/server/fail';
import type { Work } from '@/server/work';
import { type LockedInvitation, lockInvitations } from './obstacles.queries';

/** Locks one invitation. Throws not found outside the actor's scope. */
export async function lockOne(work: Work<'users.invite'>, id: string): Promise<LockedInvitation> {
  const [invitation] = await lockInvitations(work, [id]);
  if (!invitation) throw new Fail('not_found');
  return invitation;
}

const codes = {
  not_pending: 'invitation.not_open',
  held: 'invitation.on_hold',
  newer_open: 'invitation.not_open',
  too_often: 'too_many',
  not_held: 'invitation.not_open',
  not_granted: 'grant.beyond_own',
} as const satisfies Record<InvitationObstacle, FailCode>;

export function refuseFor(obstacle: InvitationObstacle | null) {
  if (obstacle) throw new Fail(codes[obstacle], { detail: obstacleText[obstacle] });
}
