import type { PublicWork } from '@/server/work';
import { traceOrganization } from './audit-place.policy';
import { findRank } from './manage-account.policy';

/**
 * Cancels an email change that was requested with the old password. A new password is how an owner takes a stolen
 * account back, so a link the thief requested must not work afterwards. A request by an admin stays open.
 */
export async function dropOwnEmailChange(work: Pick<PublicWork, 'db' | 'audit'>, userId: string) {
  const [cancelled] = await work.db.$queryRaw<{ email: string }[]>`
    UPDATE email_change SET ended_at = app_now(), ended_as = 'cancelled'
     WHERE user_id = ${userId}::uuid AND requested_by = user_id AND ended_at IS NULL RETURNING email`;
  const rank = cancelled ? await findRank(work.db, userId) : null;
  if (!cancelled || !rank) return;
  await work.audit({
    action: 'user.email_change_cancelled',
    subject: { type: 'user', id: userId },
    organizationId: traceOrganization(rank),
    before: { email: cancelled.email },
    after: { email: null },
    reason: 'A new password was set',
  });
}

/**
 * Expires invitations sent to an address the account no longer has. Their links stopped working, but an open invitation
 * keeps the new address from being invited. The audit event says only that it expired: another organization may have
 * sent it, and must not learn of the change.
 */
export async function expireInvitationsOf(work: Pick<PublicWork, 'db' | 'audit'>, userId: string) {
  const ended = await work.db.$queryRaw<{ id: string; organizationId: string | null }[]>`
    UPDATE invitation SET state = 'expired', expires_at = least(expires_at, app_now()), ended_at = app_now(),
           held_since = NULL
     WHERE user_id = ${userId}::uuid AND state = 'open' RETURNING id, organization_id AS "organizationId"`;
  if (ended.length === 0) return;
  await work.audit(
    ...ended.map(({ id, organizationId }) => ({
      action: 'invitation.expired',
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
    })),
  );
}
