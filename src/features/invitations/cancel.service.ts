import type { Work } from '@/server/work';
import { isMemberOutside } from './invitee.service';
import type { LockedInvitation } from './obstacles.queries';
import { lockOne, refuseFor } from './obstacles.service';

/** Ends its link, keeps a queued email from being sent, and archives a person who was never active. */
export async function cancelInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockOne(work, id);
  refuseFor(invitation.cancel);
  await cancelInvitations(work, [invitation]);
}

/** Cancels several. The caller has locked them and checked that none has an obstacle. */
export async function cancelInvitations(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  if (invitations.length === 0) return;
  await work.db.$executeRaw`
    UPDATE invitation SET state = 'cancelled', ended_at = app_now(), held_since = NULL
     WHERE id = ANY(${invitations.map(({ id }) => id)}::uuid[])`;
  await work.audit(
    ...invitations.map(({ id, organizationId, userId, state, email }) => ({
      action: 'invitation.cancelled' as const,
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      before: { state },
      after: { state: 'cancelled', email },
    })),
  );
  await archiveUnused(
    work,
    invitations.map(({ userId }) => userId),
  );
}

/** Only people who were never active and have no other open invitation. Locked, as one may be in the making. */
async function archiveUnused(work: Work<'users.invite'>, userIds: string[]) {
  await work.db.$executeRaw`SELECT id FROM "user" WHERE id = ANY(${userIds}::uuid[]) ORDER BY id FOR UPDATE`;
  const archived = await work.db.$queryRaw<{ id: string }[]>`
    UPDATE "user" u SET status = 'archived', archived_status = 'invited', archived_at = app_now()
     WHERE u.id = ANY(${userIds}::uuid[]) AND u.status = 'invited' AND u.activated_at IS NULL
       AND NOT EXISTS (SELECT FROM invitation i WHERE i.user_id = u.id AND i.state = 'open')
       AND NOT ${isMemberOutside(work.scope('users.invite'))}
    RETURNING u.id`;
  if (archived.length === 0) return;
  const ids = archived.map(({ id }) => id);
  await work.db.$executeRaw`UPDATE membership SET status = 'archived' WHERE user_id = ANY(${ids}::uuid[])`;
  await work.audit(
    ...ids.map((id) => ({
      action: 'user.archived' as const,
      subject: { type: 'user', id },
      before: { status: 'invited' },
      after: { status: 'archived' },
      reason: 'The last invitation was cancelled',
    })),
  );
}
