import { endResetLinks } from '@/features/account/reset-links.service';
import { expireInvitationsOf } from '@/features/invitations/expire.service';
import { copyToMemberships } from '@/features/memberships/copies.service';
import { maskEmail } from '@/lib/email';
import { endSessions } from '@/server/auth/session';
import { isUniqueViolation } from '@/server/db/errors';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { PublicWork, SystemWork, Work } from '@/server/work';
import { type Locked, lockAccount, lockRow } from '../account-lock.service';
import { findChangeByToken } from './pending.queries';
import { auditChange, endOpenRequest, envelopeFor } from './pending.service';
import { emailChangedEmail } from './request.emails';
import type { ChangeEmailInput } from './request.schema';
import { assertChangeable, assertNotInView } from './request.service';
import { maySkipConfirmation, requesterMayStillChange } from './requester.queries';

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
 * Uses up a link. The requester's right, the person's status and the address are checked here again, when the change
 * takes effect. If several people confirm one address, the first gets it. Returns `withdrawn` instead of failing where
 * the requester lost the right, because ending the request must be committed.
 */
export async function confirmEmailChange(work: PublicWork, token: string): Promise<'confirmed' | 'withdrawn'> {
  const found = await findChangeByToken(work, token);
  if (!found) throw new Fail('email_change.expired');
  const account = await lockRow(work, found.userId);
  // Read again under the lock: the same link may be confirmed twice at once.
  const change = await findChangeByToken(work, token);
  if (change?.state !== 'open') throw new Fail('email_change.expired');
  if (!(await requesterMayStillChange(work, change.requestedBy, account))) {
    await endOpenRequest(work, account.id, 'cancelled');
    const reason = 'The person who asked for it can no longer change this account';
    await auditChange(work, account, 'user.email_change_cancelled', { email: change.email }, { email: null }, reason);
    return 'withdrawn';
  }
  await endOpenRequest(work, account.id, 'confirmed');
  await takeAddress(work, account, { ...change, isConfirmed: true });
  return 'confirmed';
}

async function takeAddress(
  work: SystemWork,
  account: Locked,
  change: { email: string; requestedBy: string | null; isConfirmed: boolean },
) {
  const { id, email: previous } = account;
  const { email, requestedBy, isConfirmed } = change;
  const changed = await work
    .write(
      lockedAccount,
      sql`
        UPDATE "user" SET email = ${email}, email_verified_at = CASE WHEN ${isConfirmed}::boolean THEN app_now() END,
               version = version + 1, updated_at = app_now()
         WHERE id = ${id}::uuid AND NOT EXISTS (SELECT FROM "user" other WHERE other.email = ${email})`,
    )
    .catch((error: unknown) => {
      // Another transaction took the address between our check and our write.
      if (isUniqueViolation(error)) return 0;
      throw error;
    });
  if (changed === 0) throw new Fail('email_change.taken');
  await copyToMemberships(work, [id]);
  await expireInvitationsOf(work, id);
  await endResetLinks(work, id);
  const sessionsEnded = await endSessions(work, id, 'revoked');
  const after = { email, confirmed: isConfirmed, requestedBy, sessionsEnded };
  await auditChange(work, account, 'user.email_changed', { email: previous }, after);
  const at = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  for (const to of ['old', 'new'] as const) {
    await work.email(
      emailChangedEmail,
      { at, to, address: to === 'old' ? maskEmail(email) : email },
      envelopeFor(account, to === 'old' ? previous : email, `email-changed:${work.request.id}:${to}`),
    );
  }
}
