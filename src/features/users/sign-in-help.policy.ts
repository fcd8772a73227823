import type { UserStatus } from './list.schema';

type Account = { status: UserStatus; hasConfirmedEmail: boolean };

const instead: Record<Exclude<UserStatus, 'active'>, string> = {
  invited: 'This person has no password yet. Resend the invitation instead.',
  inactive: 'This person is deactivated and cannot sign in. Reactivate them first.',
  archived: 'This person is archived and cannot sign in.',
};

/** Why no link for a new password can be sent to this account, and what to do instead. */
export function passwordResetProblem({ status, hasConfirmedEmail }: Account): string | null {
  if (status !== 'active') return instead[status];
  if (hasConfirmedEmail) return null;
  // A mistyped address would hand the account to a stranger.
  return 'Nobody has confirmed this address yet, so no link is sent to it. If it is right, the person can choose “Forgot your password?” on the sign-in page. If not, change it with a link to the right one.';
}
