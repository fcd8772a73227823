import type { NoticeCode } from '@/lib/notices';
import { obstacleText } from '@/lib/obstacle-words';
import type { Fail } from '@/server/fail';

/** The notice that says why an invitation was neither resent nor cancelled; null for what no form of ours causes. */
export function noticeOfRefusal({ code, detail }: Fail): NoticeCode | null {
  if (code === 'too_many') {
    return detail === obstacleText.too_often ? 'invitation.resent-too-often' : 'invitation.over-quota';
  }
  if (code === 'invitation.not_open') {
    return detail === obstacleText.newer_open ? 'invitation.replaced' : 'invitation.not-open';
  }
  if (code === 'invitation.on_hold') return 'invitation.on-hold';
  if (code === 'not_found') return 'invitation.unknown';
  return code === 'not_allowed' ? 'invitation.not-allowed' : null;
}
