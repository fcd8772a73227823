import { mailResetLink } from '@/features/account/reset-links.service';
import { emailProblemText, parseEmail } from '@/lib/email';
import { displayName, fullName } from '@/lib/names';
import { findSignInLock, unlockSignIn } from '@/server/auth/sign-in-lock';
import { admit, passwordResetCounters, unlockCounters } from '@/server/auth/throttle';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { SystemWork, Work } from '@/server/work';
import { type Locked, lockAccount, lockRow } from './account-lock.service';
import { traceOrganization } from './audit-place.policy';
import { passwordResetProblem } from './sign-in-help.policy';

/** Mails a link for a new password. Nothing else changes until the person uses it. */
export async function sendPasswordReset(work: Work<'users.reset-password'>, id: string) {
  const account = await lockAccount(work, 'users.reset-password', id);
  const problem = passwordResetProblem(account);
  if (problem) throw new Fail('user.not_active', { detail: problem });
  if (!(await admit(work, passwordResetCounters(id, work.actor.id)))) {
    throw new Fail('too_many', { detail: 'Too many links were sent to this person. Try again in an hour.' });
  }
  await mailResetLink(work, {
    userId: id,
    to: { address: account.email, name: fullName(account) },
    organizationId: traceOrganization(account.rank),
    senderName: displayName(work.actor),
  });
}

/** Ends the delay after wrong passwords. The count begins again. */
export async function unlockUser(work: Work<'users.reset-password'>, id: string) {
  const account = await lockAccount(work, 'users.reset-password', id);
  // Guessing and unlocking in turn would end the limit for guesses.
  if (!(await admit(work, unlockCounters(id, work.actor.id)))) {
    throw new Fail('too_many', { detail: 'This person was unlocked too often. Send a password reset instead.' });
  }
  await unlock(work, account);
}

/** For the command `unlock`: an operator helps even the last System Admin. */
export async function unlockByAddress(work: SystemWork, address: string) {
  const parsed = parseEmail(address);
  if (!parsed.ok) throw new Error(emailProblemText(parsed.reason));
  const found = await work.read(unscoped('an operator has access to the machine'), (tables) =>
    tables.user.findUnique({ where: { email: parsed.email }, select: { id: true } }),
  );
  if (!found) throw new Error(`There is no account with the address ${parsed.email}.`);
  await unlock(work, await lockRow(work, found.id));
}

async function unlock(work: SystemWork, { id, status, email, rank }: Locked) {
  if (status !== 'active') throw new Fail('user.not_active');
  const lock = await findSignInLock(work, email);
  if (!lock) throw new Fail('user.not_locked');
  await unlockSignIn(work, email);
  await work.audit({
    action: 'user.unlocked',
    subject: { type: 'user', id },
    organizationId: traceOrganization(rank),
    before: { failures: lock.failures, lockedUntil: lock.until?.toISOString() ?? null },
  });
}
