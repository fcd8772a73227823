import { type QuotaLeft, quotaLeft, sendsForPlatform } from '@/server/mail/quota';
import type { Can } from '@/server/work';
import { quotaWords } from './quota.policy';

/** What may still be resent to an organization in this hour; null is any number. The caller has read something of it. */
export async function resendQuota(can: Can<'users.invite'>, organizationId: string | null): Promise<QuotaLeft | null> {
  return organizationId === null || sendsForPlatform(can) ? null : quotaLeft(can, organizationId);
}

/** Why an invitation cannot be resent in this hour, or null. */
export async function quotaObstacle(can: Can<'users.invite'>, organizationId: string | null): Promise<string | null> {
  const left = await resendQuota(can, organizationId);
  return left && left.emails < 1 ? quotaWords(left, can.timeZone) : null;
}
