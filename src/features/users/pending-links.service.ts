import type { PublicWork } from '@/server/work';
import { traceOrganization } from './audit-place.policy';
import { findRank } from './manage-account.policy';

/**
 * Drops the address that the person themselves, or whoever knew their password, asked for: a new password is how an
 * account is taken back, and a link sent before must not take it away again. What an admin asked for stays.
 */
export async function dropOwnEmailChange(work: Pick<PublicWork, 'db' | 'audit'>, userId: string) {
  const [dropped] = await work.db.$queryRaw<{ email: string }[]>`
    UPDATE email_change SET ended_at = app_now(), ended_as = 'cancelled'
     WHERE user_id = ${userId}::uuid AND requested_by = user_id AND ended_at IS NULL RETURNING email`;
  const rank = dropped ? await findRank(work.db, userId) : null;
  if (!dropped || !rank) return;
  await work.audit({
    action: 'user.email_change_cancelled',
    subject: { type: 'user', id: userId },
    organizationId: traceOrganization(rank),
    before: { email: dropped.email },
    after: { email: null },
    reason: 'A new password was set',
  });
}

/**
 * Ends what was sent to an address the account no longer has: such a link opens nothing, and while it counts as open the
 * new address cannot be invited. Whoever sent it is told no more than that it ended.
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
