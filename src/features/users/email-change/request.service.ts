import { type EmailAddress, maskEmail } from '@/lib/email';
import { newId } from '@/lib/ids';
import { linkLimits } from '@/lib/limits';
import { displayName } from '@/lib/names';
import { linkHash } from '@/server/auth/links';
import { verifyPassword } from '@/server/auth/password';
import { admit, emailChangeCounters, passwordChangeCounter, resetCounters } from '@/server/auth/throttle';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { nowhere, reachOf, unscoped, within } from '@/server/scope';
import type { SystemWork, Work, Writes } from '@/server/work';
import { type Locked, lockAccount, lockRow } from '../account-lock.service';
import { isInView } from '../view.queries';
import { auditChange, endOpenRequest, envelopeFor } from './pending.service';
import { emailChangeEmail, emailChangeRequestedEmail, emailConsentEmail } from './request.emails';
import {
  type ChangeEmailInput,
  type ChangeOwnEmailInput,
  emailChangeLink,
  emailConsentLink,
  linkHours,
} from './request.schema';
import { maySkipConfirmation } from './requester.queries';

const lockedAccount = unscoped('the account was locked in scope, or is the person’s own');
const addressOwner = unscoped('only whether the address is taken, told to its owner alone');

type Requester = { id: string; name: string | null; needsConsent: boolean };

async function adminOf(work: Work<'users.update'>): Promise<Requester> {
  return { id: work.actor.id, name: displayName(work.actor), needsConsent: !(await maySkipConfirmation(work)) };
}

/** Mails a link to the new address; nothing changes until it is confirmed. Replaces an earlier request. */
export async function requestEmailChange(work: Work<'users.update'>, { id, email }: ChangeEmailInput) {
  const account = await lockAccount(work, 'users.update', id);
  assertChangeable(account, email);
  await assertNotInView(work, email);
  await startRequest(work, account, email, await adminOf(work));
}

/**
 * Needs the current password. A wrong one is returned, not thrown, because the count of attempts must be committed. An
 * address with an account looks like any other: a member must not find out who has an account.
 */
export async function requestOwnEmailChange(
  work: Work<'account.own'>,
  { email, currentPassword }: ChangeOwnEmailInput,
): Promise<{ refused?: 'password.wrong' | 'too_many' }> {
  const account = await lockRow(work, work.actor.id);
  assertChangeable(account, email);
  const counter = passwordChangeCounter(account.id);
  const isAdmitted = await admit(work, [counter]);
  const credential = await work.read(lockedAccount, (tables) =>
    tables.credential.findUnique({ where: { userId: account.id } }),
  );
  const matches = isAdmitted && (await verifyPassword(credential, currentPassword));
  if (!matches) {
    const refused = isAdmitted ? 'password.wrong' : 'too_many';
    const subject = { type: 'user', id: account.id };
    await work.audit({ action: 'user.email_change_refused', subject, after: { result: refused } });
    return { refused };
  }
  await resetCounters(work, [counter]);
  await startRequest(work, account, email, { id: account.id, name: null, needsConsent: false });
  return {};
}

/**
 * Sends a new link with a new expiry; the previous link stops working. Who resends it becomes its requester, so the
 * current address may have a say that it did not have before. A confirmed change is not resent: its time runs.
 */
export async function resendEmailChange(work: Work<'users.update'>, id: string) {
  const account = await lockAccount(work, 'users.update', id);
  const [change] = await work.read<{ id: string; email: EmailAddress; version: number; isConfirmed: boolean }>(
    lockedAccount,
    sql`
      SELECT id, email, version, confirmed_at IS NOT NULL AS "isConfirmed" FROM email_change
       WHERE user_id = ${id}::uuid AND ended_at IS NULL FOR UPDATE`,
  );
  if (!change) throw new Fail('email_change.none');
  if (change.isConfirmed) throw new Fail('email_change.waiting');
  assertChangeable(account, change.email);
  await assertAdmitted(work, account, work.actor.id);
  const renewed = { ...change, version: change.version + 1 };
  await work.write(
    lockedAccount,
    sql`
      UPDATE email_change SET version = ${renewed.version},
             token_hash = ${linkHash(emailChangeLink, change.id, renewed.version)},
             previous = ${account.email}, requested_by = ${work.actor.id}::uuid,
             consent_hash = ${linkHash(emailConsentLink, change.id, 1)},
             expires_at = app_now() + make_interval(secs => ${linkLimits.emailChangeMs / 1000}::float8)
       WHERE id = ${change.id}::uuid`,
  );
  const requester = await adminOf(work);
  await mailLink(work, account, renewed, requester);
  if (requester.needsConsent) await tellCurrentAddress(work, account, renewed, requester);
  await auditChange(work, account, 'user.email_change_resent', { email: account.email }, { email: change.email });
}

export async function cancelEmailChange(work: Work<'users.update'>, id: string) {
  await cancel(work, await lockAccount(work, 'users.update', id));
}

export async function cancelOwnEmailChange(work: Work<'account.own'>) {
  await cancel(work, await lockRow(work, work.actor.id));
}

async function cancel(work: SystemWork, account: Locked) {
  const email = await endOpenRequest(work, account.id, 'cancelled');
  if (!email) throw new Fail('email_change.none');
  await auditChange(work, account, 'user.email_change_cancelled', { email }, { email: null });
}

export function assertChangeable({ status, email: current }: Locked, email: string) {
  if (status === 'archived') throw new Fail('user.archived');
  if (status === 'invited') {
    const words = 'Nobody has activated this account yet. Cancel the invitation, then invite the right address.';
    throw new Fail('user.not_active', { detail: words });
  }
  if (email === current) throw new Fail('email_change.same', { field: 'email' });
}

/** Fails only if the actor can see the other account or invitation, see `emailChangeEmail`. Always two lookups. */
export async function assertNotInView(work: Work<'users.update'>, email: string) {
  const inView = isInView(work, 'users.update', sql`u.id`);
  const isPlatform = reachOf(work, 'users.update') === 'platform';
  const invited = isPlatform ? nowhere : within(work, 'users.update', sql`i.organization_id`);
  const [seen] = await work.read<{ account: boolean; invitation: boolean }>(sql`
    SELECT EXISTS (SELECT FROM "user" u WHERE u.email = ${email} AND ${inView}) AS account,
           EXISTS (SELECT FROM invitation i WHERE i.email = ${email} AND i.state = 'open' AND ${invited}) AS invitation`);
  if (seen?.account) throw new Fail('user.exists', { field: 'email' });
  if (seen?.invitation)
    throw new Fail('user.exists', {
      field: 'email',
      detail: 'This address has an open invitation. Cancel that first.',
    });
}

async function assertAdmitted(work: Writes, account: Locked, requesterId: string) {
  if (await admit(work, emailChangeCounters(account.id, requesterId))) return;
  throw new Fail('too_many', { detail: 'Too many links were sent for this person. Try again in an hour.' });
}

async function startRequest(work: SystemWork, account: Locked, email: EmailAddress, requester: Requester) {
  await assertAdmitted(work, account, requester.id);
  const replaced = await endOpenRequest(work, account.id, 'replaced');
  const change = { id: newId(), email, version: 1 };
  await work.write(
    lockedAccount,
    sql`
      INSERT INTO email_change (id, user_id, requested_by, email, previous, token_hash, consent_hash, expires_at)
      VALUES (${change.id}::uuid, ${account.id}::uuid, ${requester.id}::uuid, ${email}, ${account.email},
              ${linkHash(emailChangeLink, change.id, 1)}, ${linkHash(emailConsentLink, change.id, 1)},
              app_now() + make_interval(secs => ${linkLimits.emailChangeMs / 1000}::float8))`,
  );
  await mailLink(work, account, change, requester);
  await tellCurrentAddress(work, account, change, requester);
  const before = { email: account.email, ...(replaced && { waiting: replaced }) };
  await auditChange(work, account, 'user.email_change_requested', before, { email });
}

type Change = { id: string; email: EmailAddress; version: number };

/** The current address is told of every request. Where it has a say, the mail carries a link to agree or to stop it. */
async function tellCurrentAddress(
  work: SystemWork,
  account: Locked,
  { id, email, version }: Change,
  { name: senderName, needsConsent }: Requester,
) {
  const maskedAddress = maskEmail(email);
  if (!needsConsent) {
    const envelope = envelopeFor(account, account.email, `email-change-asked:${id}`);
    return work.email(emailChangeRequestedEmail, { maskedAddress, senderName }, envelope);
  }
  const envelope = envelopeFor(account, account.email, `email-consent:${id}:${version}`);
  return work.email(emailConsentEmail, { changeId: id, maskedAddress, senderName, takesEffectAt: null }, envelope);
}

async function mailLink(
  work: SystemWork,
  account: Locked,
  change: Change,
  { name: senderName, needsConsent }: Requester,
) {
  const { id: changeId, email, version } = change;
  const owner = await work.read(addressOwner, (tables) =>
    tables.user.findUnique({ where: { email }, select: { id: true } }),
  );
  await work.email(
    emailChangeEmail,
    { changeId, version, isTaken: owner !== null, senderName, hours: linkHours, mustWait: needsConsent },
    envelopeFor(account, email, `email-change:${changeId}:${version}`),
  );
}
