import type { AccountObstacle } from '@/lib/obstacle-words';
import { findSignInLock, type SignInLock } from '@/server/auth/sign-in-lock';
import type { Can } from '@/server/work';
import type { UserRecord } from './details.queries';
import { findObstacle } from './obstacles.queries';

export type SignInHelp = {
  /** Null also for readers who do not manage the whole account. */
  lock: SignInLock | null;
  /** Null when the reader never sends resets or unlocks anybody. */
  help: { obstacle: AccountObstacle | null } | null;
};

export async function findSignInHelp(can: Can<'users.read'>, user: UserRecord): Promise<SignInHelp> {
  const isLockable = user.isManaged && user.status === 'active';
  const [lock, obstacle] = await Promise.all([
    isLockable ? findSignInLock(can, user.email) : null,
    findObstacle(can, user.id, 'users.reset-password'),
  ]);
  return { lock, help: can.may('users.reset-password') ? { obstacle } : null };
}
