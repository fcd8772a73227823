import { dropOwnEmailChange } from '@/features/users/email-change/pending.service';
import { linkLimits } from '@/lib/limits';
import { fullName } from '@/lib/names';
import { passwordProblems } from '@/lib/password-policy';
import { hashPassword, verifyPassword } from '@/server/auth/password';
import { endSessions, hashToken, replaceSession } from '@/server/auth/session';
import {
  admit,
  passwordChangeCounter,
  passwordHelpCounters,
  resetCounters,
  signInCounters,
} from '@/server/auth/throttle';
import type { Tx } from '@/server/db/client';
import { Fail } from '@/server/fail';
import type { PublicWork, Work } from '@/server/work';
import type { ChangePasswordInput, ForgotPasswordInput, ResetPasswordInput } from './password.schema';

/** No account has this id. It lets an unknown address cost the same job as a known one. */
const noUserId = '00000000-0000-0000-0000-000000000000';

/**
 * Does the same work for every address: a job decides whether to send anything, so neither the answer nor its timing
 * reveals who has an account. Any stranger can use up the account's limit. Above it, a link is sent only when the last
 * one has expired, so nobody can flood the person or lock them out.
 */
export async function requestReset(work: PublicWork, { email }: ForgotPasswordInput) {
  const { source, account } = passwordHelpCounters(email, work.request.ip);
  const isSourceAdmitted = await admit(work.db, [source]);
  const isAdmitted = isSourceAdmitted && (await admit(work.db, [account]));
  const user = await work.db.user.findUnique({ where: { email }, select: { id: true } });
  await work.enqueue('account.password-help', {
    userId: (isSourceAdmitted && user?.id) || noUserId,
    limit: isAdmitted ? 'within' : 'over',
  });
  await work.audit({
    action: 'password.help_requested',
    subject: { type: 'user', id: user?.id ?? null },
    after: { sent: isAdmitted },
  });
}

/** The link's owner while the link works; null for every other token. */
export async function findReset(db: Tx, token: string) {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const rows = await db.$queryRaw<
    { id: string; user_id: string; email: string; first_name: string; last_name: string }[]
  >`
    SELECT r.id, u.id AS user_id, u.email, u.first_name, u.last_name
      FROM password_reset r JOIN "user" u ON u.id = r.user_id
     WHERE r.token_hash = ${hashToken(token)} AND r.used_at IS NULL AND r.expires_at > app_now() AND u.status = 'active'`;
  return rows[0] ?? null;
}

/**
 * Uses up the link and sets the password, once even if several requests arrive together. Ends the person's sessions and
 * other links, and resets their count of failed sign-ins. Throws Fail('reset.expired').
 */
export async function resetPassword(work: PublicWork, { token, newPassword }: ResetPasswordInput) {
  const reset = await findReset(work.db, token);
  if (!reset) throw new Fail('reset.expired');
  assertGoodPassword(newPassword, [reset.email, reset.first_name, reset.last_name]);
  // Claims the row before hashing, so that requests which lose the race cost nothing.
  const claimed = await work.db.$executeRaw`
    UPDATE password_reset SET used_at = app_now()
     WHERE id = ${reset.id}::uuid AND used_at IS NULL AND expires_at > app_now()`;
  if (claimed !== 1) throw new Fail('reset.expired');
  const [active] = await work.db.$queryRaw<unknown[]>`
    SELECT 1 FROM "user" WHERE id = ${reset.user_id}::uuid AND status = 'active' FOR UPDATE`;
  if (!active) throw new Fail('reset.expired');
  await work.db.$executeRaw`
    UPDATE password_reset SET used_at = app_now() WHERE user_id = ${reset.user_id}::uuid AND used_at IS NULL`;
  await setPassword(work.db, reset.user_id, newPassword);
  await dropOwnEmailChange(work, reset.user_id);
  const ended = await endSessions(work.db, reset.user_id, 'password_changed');
  const counters = signInCounters(reset.email, work.request.ip);
  await resetCounters(work.db, counters.account);
  await work.audit({
    action: 'password.reset',
    subject: { type: 'user', id: reset.user_id },
    after: { sessionsEnded: ended },
  });
  await notifyPasswordChanged(
    work,
    { id: reset.user_id, email: reset.email, name: nameOf(reset.first_name, reset.last_name) },
    'link',
  );
}

/**
 * Needs the current password. A wrong one is returned and not thrown, because throwing would roll back its count.
 * Returns the session's new token, or why the change was refused.
 */
export async function changePassword(
  work: Work<'session.own'>,
  input: ChangePasswordInput,
): Promise<{ token: string } | { refused: 'password.wrong' | 'too_many' }> {
  const { id, email, firstName, lastName } = work.actor;
  assertGoodPassword(input.newPassword, [email, firstName, lastName]);
  const counter = passwordChangeCounter(id);
  if (!(await admit(work.db, [counter]))) return refuseChange(work, 'too_many');
  const credential = await work.db.credential.findUnique({ where: { userId: id }, select: { passwordHash: true } });
  const matches = await verifyPassword(credential?.passwordHash ?? null, input.currentPassword);
  if (!matches) return refuseChange(work, 'password.wrong');
  if (input.newPassword.normalize('NFKC') === input.currentPassword.normalize('NFKC')) {
    throw new Fail('password.same', { field: 'newPassword' });
  }
  const session = work.sessionId ? await replaceSession(work.db, work.sessionId, work.request) : null;
  if (!session) throw new Fail('not_allowed');
  await setPassword(work.db, id, input.newPassword);
  await dropOwnEmailChange(work, id);
  const ended = await endSessions(work.db, id, 'password_changed', session.id);
  await work.db.$executeRaw`
    UPDATE password_reset SET used_at = app_now() WHERE user_id = ${id}::uuid AND used_at IS NULL`;
  await resetCounters(work.db, [counter]);
  await work.audit({
    action: 'password.changed',
    subject: { type: 'user', id },
    after: { sessionsEnded: ended },
  });
  await notifyPasswordChanged(work, { id, email, name: nameOf(firstName, lastName) }, 'account');
  return { token: session.token };
}

async function refuseChange<R extends 'password.wrong' | 'too_many'>(work: Work<'session.own'>, refused: R) {
  await work.audit({
    action: 'password.change_refused',
    subject: { type: 'user', id: work.actor.id },
    after: { result: refused },
  });
  return { refused };
}

function assertGoodPassword(password: string, words: string[]) {
  const problems = passwordProblems(password, words);
  if (problems.length > 0) throw new Fail('input', { errors: { newPassword: problems } });
}

async function setPassword(db: Tx, userId: string, password: string) {
  const passwordHash = await hashPassword(password);
  await db.$executeRaw`
    INSERT INTO credential (user_id, password_hash) VALUES (${userId}::uuid, ${passwordHash})
    ON CONFLICT (user_id) DO UPDATE
      SET password_hash = excluded.password_hash, changed_at = app_now(), must_change = false`;
}

async function notifyPasswordChanged(
  work: Pick<PublicWork, 'email' | 'request'>,
  to: { id: string; email: string; name: string },
  how: 'link' | 'account',
) {
  await work.email({
    template: 'password-changed',
    params: { at: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`, how },
    to: { address: to.email, name: to.name },
    userId: to.id,
    dedupeKey: `password-changed:${work.request.id}`,
  });
}

function nameOf(firstName: string, lastName: string): string {
  return fullName({ firstName, lastName });
}

export const resetMinutes = linkLimits.passwordResetMs / 60_000;
