import type { AuditAction } from '@/lib/audit-actions';
import { fullName } from '@/lib/names';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { PublicWork, SystemWork, Writes } from '@/server/work';
import type { Locked } from '../account-lock.service';
import { traceOrganization } from '../audit-place.policy';
import { findRank } from '../rank.queries';
import { needsConsent } from './requester.queries';

const lockedAccount = unscoped('the account was locked in scope, or is the person’s own');

export async function endOpenRequest(work: SystemWork, userId: string, as: 'confirmed' | 'cancelled' | 'replaced') {
  const [ended] = await work.writeReturning<{ email: string }>(
    lockedAccount,
    sql`
      UPDATE email_change SET ended_at = app_now(), ended_as = ${as}::email_change_end
       WHERE user_id = ${userId}::uuid AND ended_at IS NULL RETURNING email`,
  );
  return ended?.email ?? null;
}

/** The same words for every cause, so that they do not tell whether the address belongs to somebody elsewhere. */
const noEffect = 'It could no longer take effect';

/** Ends a request that can no longer take effect: its requester lost the right, say, or the person was archived. */
export async function withdrawRequest(work: SystemWork, account: Locked) {
  const email = await endOpenRequest(work, account.id, 'cancelled');
  await auditChange(work, account, 'user.email_change_cancelled', { email }, { email: null }, noEffect);
}

/** For the `email` of a unit of work: to this address of the person. */
export function envelopeFor(account: Locked, address: string, dedupeKey: string) {
  const organizationId = traceOrganization(account.rank);
  return { to: { address, name: fullName(account) }, userId: account.id, organizationId, dedupeKey };
}

/** Of the mail that tells the current address when the change takes effect. */
export const toldKey = (changeId: string) => `email-consent:${changeId}:confirmed`;
/** SQL: the same of a change `c`. */
export const toldKeySql = sql`'email-consent:' || c.id || ':confirmed'`;

type Facts = Record<string, string | number | boolean | null>;

export async function auditChange(
  work: SystemWork,
  account: Locked,
  action: AuditAction,
  before: Facts,
  after: Facts,
  reason?: string,
) {
  await work.audit({
    action,
    subject: { type: 'user', id: account.id },
    organizationId: traceOrganization(account.rank),
    before,
    after,
    ...(reason && { reason }),
  });
}

/**
 * Cancels an email change that was requested with the old password. A new password is how an owner takes a stolen
 * account back, so a link the thief requested must not work afterwards. A link in a mail to the current address also
 * shows that its owner is there, so what waits for their consent ends too. A System Admin's request stays open.
 */
export async function dropEmailChange(
  work: Writes & Pick<PublicWork, 'audit'>,
  userId: string,
  setBy: 'password' | 'mailed link',
) {
  const waitsForOwner = setBy === 'mailed link' ? needsConsent : sql`false`;
  const [cancelled] = await work.writeReturning<{ email: string }>(
    lockedAccount,
    sql`
      UPDATE email_change c SET ended_at = app_now(), ended_as = 'cancelled'
       WHERE c.user_id = ${userId}::uuid AND c.ended_at IS NULL AND (c.requested_by = c.user_id OR ${waitsForOwner})
      RETURNING c.email`,
  );
  const rank = cancelled ? await findRank(work, userId) : null;
  if (!cancelled || !rank) return;
  await work.audit({
    action: 'user.email_change_cancelled',
    subject: { type: 'user', id: userId },
    organizationId: traceOrganization(rank),
    before: { email: cancelled.email },
    after: { email: null },
    reason: 'A new password was set',
  });
}

export async function isChangeLinkCurrent(work: SystemWork, hash: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const found = await work.read(
    unscoped('the request of a mail that is going out, found by the hash of its link'),
    sql`
      SELECT 1 FROM email_change
       WHERE token_hash = ${hash} AND ended_at IS NULL AND confirmed_at IS NULL AND expires_at > app_now()`,
  );
  return found.length === 1;
}

export async function isConsentLinkCurrent(work: SystemWork, hash: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const found = await work.read(
    unscoped('the request of a mail that is going out, found by the hash of its link'),
    sql`
      SELECT 1 FROM email_change
       WHERE consent_hash = ${hash} AND ended_at IS NULL AND (confirmed_at IS NOT NULL OR expires_at > app_now())`,
  );
  return found.length === 1;
}
