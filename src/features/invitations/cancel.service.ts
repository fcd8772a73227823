import { archiveUnused } from '@/features/users/invited-accounts.service';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { SystemWork, Work } from '@/server/work';
import { withdrawInvitationEmails } from './mail.service';
import type { LockedInvitation } from './obstacles.queries';
import { lockOne, refuseFor } from './obstacles.service';

const locked = unscoped('the invitations were locked in scope before');

/** Ends its link, keeps a queued email from being sent, and archives a person who was never active. */
export async function cancelInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockOne(work, id);
  refuseFor(invitation.cancel);
  await cancelInvitations(work, [invitation]);
}

/** Cancels several. The caller has locked them and checked that none has an obstacle. */
export async function cancelInvitations(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  if (invitations.length === 0) return;
  await work.write(
    locked,
    sql`
      UPDATE invitation SET state = 'cancelled', ended_at = app_now(), held_since = NULL
       WHERE id = ANY(${invitations.map(({ id }) => id)}::uuid[])`,
  );
  await withdrawInvitationEmails(
    work,
    invitations.map(({ id }) => id),
  );
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

/** A person who was added to the organization directly may still have the link of an earlier invitation. */
export async function cancelOpenInvitations(work: SystemWork, userId: string, organizationId: string) {
  const cancelled = await work.writeReturning<{ id: string; email: string }>(
    unscoped('the membership was locked in scope before'),
    sql`
      UPDATE invitation SET state = 'cancelled', ended_at = app_now(), held_since = NULL
       WHERE user_id = ${userId}::uuid AND organization_id = ${organizationId}::uuid AND state = 'open'
      RETURNING id, email`,
  );
  if (cancelled.length === 0) return;
  await withdrawInvitationEmails(
    work,
    cancelled.map(({ id }) => id),
  );
  await work.audit(
    ...cancelled.map(({ id, email }) => ({
      action: 'invitation.cancelled' as const,
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      before: { state: 'open' },
      after: { state: 'cancelled', email },
    })),
  );
}
