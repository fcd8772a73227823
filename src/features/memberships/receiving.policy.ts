import { obstacleText } from '@/lib/obstacle-words';
import { Fail } from '@/server/fail';

/** Access is granted to accounts in use: invited people get theirs by accepting, archived people get none. */
export function assertMayReceive({ status }: { status: string }) {
  if (status === 'archived') throw new Fail('user.archived');
  if (status !== 'invited') return;
  throw new Fail('user.not_active', {
    detail: `${obstacleText.not_accepted} Invite them with these roles instead.`,
  });
}
