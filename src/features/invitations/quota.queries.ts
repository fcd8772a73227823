import { quotaLeft } from '@/server/mail/quota';
import type { Can } from '@/server/work';
import { quotaWords } from './quota.policy';

/** Why an invitation cannot be resent in this hour, or null. The caller has read something of the organization. */
export async function quotaObstacle(can: Can<'users.invite'>, organizationId: string | null): Promise<string | null> {
  const left = await quotaLeft(can, organizationId);
  return left && left.emails < 1 ? quotaWords(left, can.timeZone) : null;
}
