import { formatMoment } from '@/lib/dates';
import { type InvitationObstacle, obstacleText } from '@/lib/obstacle-words';
import type { QuotaLeft } from '@/server/mail/quota';

export function quotaWords({ from, now }: Pick<QuotaLeft, 'from' | 'now'>, timeZone: string): string {
  return `This organization has used up its emails for now. Try again at ${formatMoment(from, timeZone, now)}.`;
}

/** The reason beside a disabled button: the invitation's own comes first, then the quota of its organization. */
export function reasonFor(obstacle: InvitationObstacle | null, quota: string | null): string | null {
  return obstacle ? obstacleText[obstacle] : quota;
}
