import { findSignInLock, type SignInLock } from '@/server/auth/sign-in-lock';
import type { Can } from '@/server/work';
import type { UserRecord } from './details.queries';

/** Null also for readers who do not manage the whole account. */
export async function findLockOf(can: Can<'users.read'>, user: UserRecord): Promise<SignInLock | null> {
  return user.isManaged && user.status === 'active' ? findSignInLock(can, user.email) : null;
}
