import { Fail } from '@/server/fail';
import { lockQuotaLeft, type QuotaLeft, sendsForPlatform } from '@/server/mail/quota';
import type { Work } from '@/server/work';
import type { LockedInvitation } from './obstacles.queries';
import { quotaWords } from './quota.policy';

/**
 * Those that cannot be resent in this hour, and what is left of their organization's quota. A resend leaves at once or
 * not at all: the link that the person has stops working. What the others need stays reserved until the transaction ends.
 */
export async function findOverQuota(
  work: Work<'users.invite'>,
  invitations: readonly LockedInvitation[],
): Promise<Map<string, QuotaLeft>> {
  const over = new Map<string, QuotaLeft>();
  if (sendsForPlatform(work)) return over;
  const places = [...new Set(invitations.flatMap(({ organizationId }) => organizationId ?? []))];
  const quotas = await lockQuotaLeft(work, places);
  for (const { id, organizationId } of invitations) {
    const left = quotas.get(organizationId ?? '');
    if (!left) continue;
    if (left.emails < 1) over.set(id, left);
    left.emails -= 1;
  }
  return over;
}

export async function assertWithinQuota(work: Work<'users.invite'>, invitation: LockedInvitation) {
  const left = (await findOverQuota(work, [invitation])).get(invitation.id);
  if (left) throw new Fail('too_many', { detail: quotaWords(left, work.timeZone) });
}
