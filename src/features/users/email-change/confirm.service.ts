import { maskEmail } from '@/lib/email';
import { linkLimits } from '@/lib/limits';
import { linkHash } from '@/server/auth/links';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { PublicWork, SystemWork, Work } from '@/server/work';
import { type Locked, lockAccount, lockRow } from '../account-lock.service';
import { findChangeByToken, type OpenedChange } from './pending.queries';
import { auditChange, endOpenRequest, envelopeFor, toldKey, withdrawRequest } from './pending.service';
import { emailConsentEmail } from './request.emails';
import { type ChangeEmailInput, emailConsentLink } from './request.schema';
import { assertChangeable, assertNotInView } from './request.service';
import { findNameOf, maySkipConfirmation, requesterMayStillChange } from './requester.queries';
import { takeAddress } from './take-address.service';

const lockedAccount = unscoped('the account was locked in scope, or found by its link');

export async function changeEmailNow(work: Work<'users.update'>, { id, email }: ChangeEmailInput) {
  const account = await lockAccount(work, 'users.update', id);
  if (!(await maySkipConfirmation(work))) throw new Fail('not_allowed', { field: 'how' });
  assertChangeable(account, email);
  await assertNotInView(work, email);
  await endOpenRequest(work, id, 'replaced');
  await takeAddress(work, account, { email, requestedBy: work.actor.id, isConfirmed: false });
}

/**
 * Uses up a link. The requester's right, the person's status and the address are checked here again. A change that an
 * org admin asked for then waits for the current address. Returns `withdrawn` instead of failing where the requester lost
 * the right, because ending the request must be committed.
 */
export async function confirmEmailChange(
  work: PublicWork,
  token: string,
): Promise<'confirmed' | 'waiting' | 'withdrawn'> {
  const found = await findChangeByToken(work, token);
  if (!found) throw new Fail('email_change.expired');
  const account = await lockRow(work, found.userId);
  // Read again under the lock: the same link may be confirmed twice at once.
  const change = await findChangeByToken(work, token);
  if (change?.state !== 'open') throw new Fail('email_change.expired');
  if (!(await requesterMayStillChange(work, change.requestedBy, account))) {
    await withdrawRequest(work, account);
    return 'withdrawn';
  }
  if (change.mustWait) {
    await startWait(work, account, change);
    return 'waiting';
  }
  await endOpenRequest(work, account.id, 'confirmed');
  await takeAddress(work, account, { ...change, isConfirmed: true });
  return 'confirmed';
}

/**
 * The address stays as it is until its owner agrees or the time is over. They are told when that is. The link expires, or
 * a replica of before the wait would apply the change if it were confirmed again.
 */
async function startWait(work: SystemWork, account: Locked, { id, email, requestedBy }: OpenedChange) {
  const [waiting] = await work.writeReturning<{ takesEffectAt: Date }>(
    lockedAccount,
    sql`
      UPDATE email_change SET confirmed_at = app_now(), expires_at = app_now(),
             consent_hash = ${linkHash(emailConsentLink, id, 1)},
             takes_effect_at = app_now() + make_interval(secs => ${linkLimits.emailChangeWaitMs / 1000}::float8)
       WHERE id = ${id}::uuid AND NOT EXISTS (SELECT FROM "user" other WHERE other.email = ${email})
      RETURNING takes_effect_at AS "takesEffectAt"`,
  );
  if (!waiting) throw new Fail('email_change.taken');
  const takesEffectAt = waiting.takesEffectAt.toISOString();
  await auditChange(work, account, 'user.email_change_confirmed', { email: account.email }, { email, takesEffectAt });
  await work.email(
    emailConsentEmail,
    {
      changeId: id,
      maskedAddress: maskEmail(email),
      senderName: requestedBy && (await findNameOf(work, requestedBy)),
      takesEffectAt,
    },
    envelopeFor(account, account.email, toldKey(id)),
  );
}
