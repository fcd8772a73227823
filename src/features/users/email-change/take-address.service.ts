import { endResetLinks } from '@/features/account/reset-links.service';
import { expireInvitationsOf } from '@/features/invitations/expire.service';
import { copyToMemberships } from '@/features/memberships/copies.service';
import { formatUtc } from '@/lib/dates';
import { maskEmail } from '@/lib/email';
import { endSessions } from '@/server/auth/session';
import { isUniqueViolation } from '@/server/db/errors';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';
import type { Locked } from '../account-lock.service';
import { auditChange, envelopeFor } from './pending.service';
import { emailChangedEmail } from './request.emails';

const lockedAccount = unscoped('the account was locked in scope, or found by its link');

type Change = { email: string; requestedBy: string | null; isConfirmed: boolean; hasAgreed?: boolean };

/** Gives a locked account its new address. Throws Fail('email_change.taken'). */
export async function takeAddress(work: SystemWork, account: Locked, change: Change) {
  const { id, email: previous } = account;
  const { email, requestedBy, isConfirmed, hasAgreed } = change;
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
  const after = { email, confirmed: isConfirmed, requestedBy, sessionsEnded, ...(hasAgreed && { agreed: true }) };
  await auditChange(work, account, 'user.email_changed', { email: previous }, after);
  const at = formatUtc(new Date());
  for (const to of ['old', 'new'] as const) {
    await work.email(
      emailChangedEmail,
      { at, to, address: to === 'old' ? maskEmail(email) : email },
      envelopeFor(account, to === 'old' ? previous : email, `email-changed:${work.request.id}:${id}:${to}`),
    );
  }
}
