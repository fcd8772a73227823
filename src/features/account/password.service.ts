import { dropEmailChange } from '@/features/users/email-change/pending.service';
import { formatUtc } from '@/lib/dates';
import { fullName } from '@/lib/names';
import { passwordProblems } from '@/lib/password-policy';
import { hashPassword, verifyPassword } from '@/server/auth/password';
import { endSessions, replaceSession } from '@/server/auth/session';
import { admit, passwordChangeCounter, resetCounters } from '@/server/auth/throttle';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { PublicWork, Work, Writes } from '@/server/work';
import { passwordChangedEmail } from './password.emails';
import type { ChangePasswordInput } from './password.schema';
import { endResetLinks } from './reset-links.service';

const ownAccount = unscoped('own account, or the owner of a reset link');

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
  if (!(await admit(work, [counter]))) return refuseChange(work, 'too_many');
  const credential = await work.read(ownAccount, (tables) =>
    tables.credential.findUnique({ where: { userId: id }, select: { passwordHash: true, keyId: true } }),
  );
  const matches = await verifyPassword(credential, input.currentPassword);
  if (!matches) return refuseChange(work, 'password.wrong');
  if (input.newPassword.normalize('NFKC') === input.currentPassword.normalize('NFKC')) {
    throw new Fail('password.same', { field: 'newPassword' });
  }
  const session = work.sessionId ? await replaceSession(work, work.sessionId, work.request) : null;
  if (!session) throw new Fail('not_allowed');
  await setPassword(work, id, input.newPassword);
  await dropEmailChange(work, id, 'password');
  const ended = await endSessions(work, id, 'password_changed', session.id);
  await endResetLinks(work, id);
  await resetCounters(work, [counter]);
  await work.audit({
    action: 'password.changed',
    subject: { type: 'user', id },
    after: { sessionsEnded: ended },
  });
  await notifyPasswordChanged(work, { id, email, name: fullName({ firstName, lastName }) }, 'account');
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

export function assertGoodPassword(password: string, words: string[]) {
  const problems = passwordProblems(password, words);
  if (problems.length > 0) throw new Fail('input', { errors: { newPassword: problems } });
}

export async function setPassword(work: Writes, userId: string, password: string) {
  const { passwordHash, keyId } = await hashPassword(password);
  await work.write(
    ownAccount,
    sql`
      INSERT INTO credential (user_id, password_hash, key_id) VALUES (${userId}::uuid, ${passwordHash}, ${keyId})
      ON CONFLICT (user_id) DO UPDATE
        SET password_hash = excluded.password_hash, key_id = excluded.key_id, changed_at = app_now(),
            must_change = false, expires_at = NULL`,
  );
}

export async function notifyPasswordChanged(
  work: Pick<PublicWork, 'email' | 'request'>,
  to: { id: string; email: string; name: string },
  how: 'link' | 'account',
) {
  await work.email(
    passwordChangedEmail,
    { at: formatUtc(new Date()), how },
    {
      to: { address: to.email, name: to.name },
      userId: to.id,
      dedupeKey: `password-changed:${work.request.id}`,
    },
  );
}
