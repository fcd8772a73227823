import { formatMoment } from '@/lib/dates';
import { type QuotaLeft, quotaLeft, sendsForPlatform } from '@/server/mail/quota';
import type { Can } from '@/server/work';

export function quotaWords({ from, now }: QuotaLeft, timeZone: string): string {
  return `This organization has used up its emails for now. Try again at ${formatMoment(from, timeZone, now)}.`;
}

/** Why an invitation cannot be resent in this hour, or null. The caller has read something of this organization. */
export async function quotaObstacle(can: Can<'users.invite'>, organizationId: string | null): Promise<string | null> {
  if (organizationId === null || sendsForPlatform(can)) return null;
  const left = await quotaLeft(can, organizationId);
  return left && left.emails < 1 ? quotaWords(left, can.timeZone) : null;
}
