import { dropOwnEmailChange } from '@/features/users/pending-links.service';
import { linkLimits } from '@/lib/limits';
import { fullName } from '@/lib/names';
import { passwordProblems } from '@/lib/password-policy';
import { hashPassword, verifyPassword } from '@/server/auth/password';
import { endSessions, hashToken, replaceSession } from '@/server/auth/session';
import { admit, clear, passwordChangeCounter, passwordHelpCounters, signInCounters } from '@/server/auth/throttle';
import type { Tx } from '@/server/db/client';
import { Fail } from '@/server/fail';
import type { PublicWork, Work } from '@/server/work';
import type { ChangePasswordInput, ForgotPasswordInput, ResetPasswordInput } from './password.schema';

/** Nobody's id, so that asking for an address nobody has costs the same job. */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Asked for a new password. Whoever the address belongs to, the same work is done here: a job finds out whether there
 * is anything to mail, so neither the answer nor its time tells. Over the account's limit, which any stranger can use
 * up, a link is mailed only when the last one has run out: nobody floods the person, and nobody keeps them out.
 */
export async function askForReset(work: PublicWork, { email }: ForgotPasswordInput) {
  const { source, account } = passwordHelpCounters(email, work.request.ip);
  const isHeard = await admit(work.db, [source]);
  const isAdmitted = isHeard && (await admit(work.db, [account]));
  const user = await work.db.user.findUnique({ where: { email }, select: { id: true } });
  await work.enqueue('account.password-help', {
    userId: (isHeard && user?.id) || nobody,
    limit: isAdmitted ? 'within' : 'over',
  });
  await work.audit({
    action: 'password.help_requested',
    subject: { type: 'user', id: user?.id ?? null },
    after: { sent: isAdmitted },
  });
}

/** Whose link this is while it can still be used; null for every other token. */
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
 * Uses the link up and sets the password: once, whoever comes at the same time. Ends every session and every other link
 * of the person, and starts counting their failures anew. Throws Fail('reset.expired').
 */
export async function resetPassword(work: PublicWork, { token, newPassword }: ResetPasswordInput) {
  const reset = await findReset(work.db, token);
  if (!reset) throw new Fail('reset.expired');
  assertGoodPassword(newPassword, [reset.email, reset.first_name, reset.last_name]);
  // The row is claimed before the costly part, so that those who lose the race cost nothing.
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
  const strangers = signInCounters(reset.email, work.request.ip);
  await clear(work.db, strangers.account);
  await work.audit({
    action: 'password.reset',
    subject: { type: 'user', id: reset.user_id },
    after: { sessionsEnded: ended },
  });
  await tell(work, { id: reset.user_id, email: reset.email, name: nameOf(reset.first_name, reset.last_name) }, 'link');
}

/**
 * The own password, by who knows the current one. A wrong one is counted and committed, so it is answered, not thrown:
 * throwing would take the count back. Answers the session's new token, or what is wrong.
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
  await clear(work.db, [counter]);
  await work.audit({
    action: 'password.changed',
    subject: { type: 'user', id },
    after: { sessionsEnded: ended },
  });
  await tell(work, { id, email, name: nameOf(firstName, lastName) }, 'account');
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

async function tell(
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

/** How long an emailed link lives, in minutes: for the mail and the page. */
export const resetMinutes = linkLimits.passwordResetMs / 60_000;
