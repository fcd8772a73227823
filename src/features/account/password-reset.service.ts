import { confirmAddress } from '@/features/users/confirmed-address.service';
import { dropEmailChange } from '@/features/users/email-change/pending.service';
import { newId } from '@/lib/ids';
import { fullName } from '@/lib/names';
import { endSessions, hashToken } from '@/server/auth/session';
import { admit, isBlocked, passwordHelpCounters, resetCounters, signInCounters } from '@/server/auth/throttle';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { PublicWork, Reads, SystemWork } from '@/server/work';
import { accountAwaitsActivationEmail } from './password.emails';
import type { ForgotPasswordInput, ResetPasswordInput } from './password.schema';
import { assertGoodPassword, notifyPasswordChanged, setPassword } from './password.service';
import { passwordHelpJob } from './password-reset.jobs';
import { endResetLinks, mailResetLink } from './reset-links.service';

const byAddress = unscoped('a public form: only the job learns who owns the address');
const byLink = unscoped('the owner of the link, found by its hash');
const forOwner = unscoped('a job of the system for the owner of the address');

/** No account has this id. It lets an unknown address cost the same job as a known one. */
const noUserId = '00000000-0000-0000-0000-000000000000';

/**
 * Does the same work for every address: a job decides whether to send anything, so neither the answer nor its timing
 * reveals who has an account. Any stranger can use up the account's limit. Above it, a link is sent only when the last
 * one has expired, so nobody can flood the person or lock them out. Throws Fail('blocked') to a source above its limit,
 * which queues nothing.
 */
export async function requestReset(work: PublicWork, { email }: ForgotPasswordInput) {
  const { source, account } = passwordHelpCounters(email, work.request.ip);
  if ((await isBlocked(work, source)) || !(await admit(work, [source]))) {
    throw new Fail('blocked', { detail: 'Too many links were requested from your network. Try again in an hour.' });
  }
  const isAdmitted = await admit(work, [account]);
  const user = await work.read(byAddress, (tables) =>
    tables.user.findUnique({ where: { email }, select: { id: true } }),
  );
  await work.enqueue(passwordHelpJob, {
    userId: user?.id ?? noUserId,
    limit: isAdmitted ? 'within' : 'over',
  });
  await work.audit({
    action: 'password.help_requested',
    subject: { type: 'user', id: user?.id ?? null },
    after: { sent: isAdmitted },
  });
}

/** The link's owner while the link works; null for every other token. */
export async function findReset(can: Reads, token: string) {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const rows = await can.read<{
    id: string;
    user_id: string;
    is_mailed: boolean;
    email: string;
    first_name: string;
    last_name: string;
  }>(
    byLink,
    sql`
      SELECT r.id, u.id AS user_id, r.mailed AS is_mailed, u.email, u.first_name, u.last_name
        FROM password_reset r JOIN "user" u ON u.id = r.user_id
       WHERE r.token_hash = ${hashToken(token)} AND r.used_at IS NULL AND r.expires_at > app_now() AND u.status = 'active'`,
  );
  return rows[0] ?? null;
}

/**
 * Uses up the link and sets the password, once even if several requests arrive together. Ends the person's sessions and
 * other links, and resets their count of failed sign-ins. Throws Fail('reset.expired').
 */
export async function resetPassword(work: PublicWork, { token, newPassword }: ResetPasswordInput) {
  const reset = await findReset(work, token);
  if (!reset) throw new Fail('reset.expired');
  assertGoodPassword(newPassword, [reset.email, reset.first_name, reset.last_name]);
  // The account first, as in every change of it: a change of address that takes effect now ends this link.
  const [active] = await work.read<unknown>(
    byLink,
    sql`
      SELECT 1 FROM "user" WHERE id = ${reset.user_id}::uuid AND status = 'active' FOR UPDATE`,
  );
  if (!active) throw new Fail('reset.expired');
  // Claims the row before hashing, so that requests which lose the race cost nothing.
  const claimed = await work.write(
    byLink,
    sql`
      UPDATE password_reset SET used_at = app_now()
       WHERE id = ${reset.id}::uuid AND used_at IS NULL AND expires_at > app_now()`,
  );
  if (claimed !== 1) throw new Fail('reset.expired');
  await endResetLinks(work, reset.user_id);
  await setPassword(work, reset.user_id, newPassword);
  if (reset.is_mailed) await confirmAddress(work, reset.user_id);
  await dropEmailChange(work, reset.user_id, reset.is_mailed ? 'mailed link' : 'password');
  const ended = await endSessions(work, reset.user_id, 'password_changed');
  const counters = signInCounters(reset.email, work.request.ip);
  await resetCounters(work, counters.account);
  await work.audit({
    action: 'password.reset',
    subject: { type: 'user', id: reset.user_id },
    after: { sessionsEnded: ended },
  });
  await notifyPasswordChanged(
    work,
    {
      id: reset.user_id,
      email: reset.email,
      name: fullName({ firstName: reset.first_name, lastName: reset.last_name }),
    },
    'link',
  );
}

export async function answerHelpRequest(work: SystemWork, userId: string, isOver: boolean) {
  if (isOver && !(await hasOnlyExpiredLink(work, userId))) return;
  const user = await work.read(forOwner, (tables) =>
    tables.user.findUnique({
      where: { id: userId },
      select: {
        id: true,
        email: true,
        firstName: true,
        lastName: true,
        status: true,
        credential: { select: { userId: true } },
      },
    }),
  );
  if (!user) return;
  const to = { address: user.email, name: fullName(user) };
  if (user.status === 'active' && user.credential) return mailResetLink(work, { userId: user.id, to });
  if (user.status !== 'invited') return;
  await work.audit({ action: 'password.help_sent', subject: { type: 'user', id: user.id } });
  const dedupeKey = `account-awaits-activation:${newId()}`;
  await work.email(accountAwaitsActivationEmail, {}, { to, userId: user.id, dedupeKey });
}

/** Locks the person, so that one of several simultaneous requests sends a link and the others see that it is valid. */
async function hasOnlyExpiredLink(work: SystemWork, userId: string): Promise<boolean> {
  await work.read(forOwner, sql`SELECT 1 FROM "user" WHERE id = ${userId}::uuid FOR UPDATE`);
  const [newest] = await work.read<{ isExpired: boolean }>(
    forOwner,
    sql`
      SELECT used_at IS NULL AND expires_at <= app_now() AS "isExpired" FROM password_reset
       WHERE user_id = ${userId}::uuid ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  return newest?.isExpired ?? false;
}

export async function isResetLinkCurrent(work: SystemWork, hash: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const found = await work.read(
    byLink,
    sql`SELECT 1 FROM password_reset WHERE token_hash = ${hash} AND used_at IS NULL AND expires_at > app_now()`,
  );
  return found.length === 1;
}
