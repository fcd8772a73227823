import { type EmailAddress, maskEmail } from '@/lib/email';
import { newId } from '@/lib/ids';
import { linkLimits } from '@/lib/limits';
import { linkHash } from '@/server/auth/links';
import { verifyPassword } from '@/server/auth/password';
import { endSessions } from '@/server/auth/session';
import { admit, clear, emailChangeCounters, passwordChangeCounter } from '@/server/auth/throttle';
import { isUniqueViolation } from '@/server/db/errors';
import { Fail } from '@/server/fail';
import type { PublicWork, SystemWork, Work } from '@/server/work';
import { copyToMemberships, type Locked, lockAccount, lockRow, traceOrganization } from '../service';
import { expireInvitationsOf } from '../withdrawing/service';
import { emailChangeAskedEmail, emailChangedEmail, emailChangeEmail } from './emails';
import { maySkipConfirmation, requesterStillMay } from './policy';
import { findChangeByToken } from './queries';
import { type ChangeEmailInput, type ChangeOwnEmailInput, linkHours } from './schema';

type Requester = { id: string; name: string | null };

const nameOf = ({ firstName, lastName, email }: { firstName: string; lastName: string; email: string }) =>
  `${firstName} ${lastName}`.trim() || email;

/** Mails the new address a link; until somebody confirms there, nothing changes. A request before it ends. */
export async function requestEmailChange(work: Work<'users.update'>, { id, email }: ChangeEmailInput) {
  const account = await lockAccount(work, 'users.update', id);
  assertChangeable(account, email);
  await assertNotInView(work, email);
  await ask(work, account, email, { id: work.actor.id, name: nameOf(work.actor) });
}

/**
 * The own address, by who knows the password. A wrong one is counted and committed, so it is answered, not thrown. An
 * address that others have looks like any other: a member must not find out who has an account.
 */
export async function requestOwnEmailChange(
  work: Work<'account.own'>,
  { email, currentPassword }: ChangeOwnEmailInput,
): Promise<{ refused?: 'password.wrong' | 'too_many' }> {
  const account = await lockRow(work.db, work.actor.id);
  assertChangeable(account, email);
  const counter = passwordChangeCounter(account.id);
  const isAdmitted = await admit(work.db, [counter]);
  const credential = await work.db.credential.findUnique({ where: { userId: account.id } });
  const matches = isAdmitted && (await verifyPassword(credential?.passwordHash ?? null, currentPassword));
  if (!matches) {
    const refused = isAdmitted ? 'password.wrong' : 'too_many';
    const subject = { type: 'user', id: account.id };
    await work.audit({ action: 'user.email_change_refused', subject, after: { result: refused } });
    return { refused };
  }
  await clear(work.db, [counter]);
  await ask(work, account, email, { id: account.id, name: null });
  return {};
}

/** A new link, which kills the one before; the time begins again. */
export async function resendEmailChange(work: Work<'users.update'>, id: string) {
  const account = await lockAccount(work, 'users.update', id);
  const [change] = await work.db.$queryRaw<{ id: string; email: EmailAddress; version: number }[]>`
    SELECT id, email, version FROM email_change WHERE user_id = ${id}::uuid AND ended_at IS NULL FOR UPDATE`;
  if (!change) throw new Fail('email_change.none');
  assertChangeable(account, change.email);
  await assertAdmitted(work, account, work.actor.id);
  const version = change.version + 1;
  await work.db.$executeRaw`
    UPDATE email_change SET version = ${version}, token_hash = ${linkHash('email-change', change.id, version)},
           previous = ${account.email}, requested_by = ${work.actor.id}::uuid,
           expires_at = app_now() + make_interval(secs => ${linkLimits.emailChangeMs / 1000}::float8)
     WHERE id = ${change.id}::uuid`;
  await mailLink(work, account, { ...change, version }, nameOf(work.actor));
  await trace(work, account, 'user.email_change_resent', { email: account.email }, { email: change.email });
}

export async function cancelEmailChange(work: Work<'users.update'>, id: string) {
  await cancel(work, await lockAccount(work, 'users.update', id));
}

export async function cancelOwnEmailChange(work: Work<'account.own'>) {
  await cancel(work, await lockRow(work.db, work.actor.id));
}

async function cancel(work: SystemWork, account: Locked) {
  const email = await endOpen(work, account.id, 'cancelled');
  if (!email) throw new Fail('email_change.none');
  await trace(work, account, 'user.email_change_cancelled', { email }, { email: null });
}

/** Changes the address without asking anybody at the new one. */
export async function changeEmailNow(work: Work<'users.update'>, { id, email }: ChangeEmailInput) {
  const account = await lockAccount(work, 'users.update', id);
  if (!(await maySkipConfirmation(work))) throw new Fail('not_allowed', 'how');
  assertChangeable(account, email);
  await assertNotInView(work, email);
  await endOpen(work, id, 'replaced');
  await takeAddress(work, account, { email, requestedBy: work.actor.id, isConfirmed: false });
}

/**
 * Uses a link up. Whether who asked still may, whether the person may come in and whether the address is free is asked
 * here, when it takes effect. Of several people who confirm one address the first gets it. Answers `withdrawn` where the
 * request has ended instead, because that end is committed.
 */
export async function confirmEmailChange(work: PublicWork, token: string): Promise<'confirmed' | 'withdrawn'> {
  const found = await findChangeByToken(work, token);
  if (!found) throw new Fail('email_change.dead');
  const account = await lockRow(work.db, found.userId);
  // Looked at again under the lock: the same link may be confirmed twice at once.
  const change = await findChangeByToken(work, token);
  if (change?.state !== 'open') throw new Fail('email_change.dead');
  if (!(await requesterStillMay(work, change.requestedBy, account))) {
    await endOpen(work, account.id, 'cancelled');
    const reason = 'Who asked for it may no longer change this account';
    await trace(work, account, 'user.email_change_cancelled', { email: change.email }, { email: null }, reason);
    return 'withdrawn';
  }
  await endOpen(work, account.id, 'confirmed');
  await takeAddress(work, account, { ...change, isConfirmed: true });
  return 'confirmed';
}

function assertChangeable({ status, email: current }: Locked, email: string) {
  if (status === 'archived') throw new Fail('user.archived');
  if (status === 'invited') {
    const words = 'Nobody has activated this account yet. Cancel the invitation, then invite the right address.';
    throw new Fail('user.not_active', undefined, words);
  }
  if (email === current) throw new Fail('email_change.same', 'email');
}

/** Who can see the other account is told so; nobody else, see `emailChangeEmail`. The same two look-ups either way. */
async function assertNotInView(work: Work<'users.update'>, email: string) {
  const scope = work.scope('users.update');
  const [ids, isAll] = scope.all ? [[], true] : [scope.organizationIds, false];
  const [seen] = await work.db.$queryRaw<{ account: boolean; invitation: boolean }[]>`
    SELECT EXISTS (SELECT FROM "user" u WHERE u.email = ${email} AND (${isAll}::boolean OR EXISTS (
             SELECT FROM membership m WHERE m.user_id = u.id AND m.organization_id = ANY(${ids}::uuid[])))) AS account,
           EXISTS (SELECT FROM invitation i WHERE i.email = ${email} AND i.state = 'open'
             AND i.organization_id = ANY(${ids}::uuid[])) AS invitation`;
  if (seen?.account) throw new Fail('user.exists', 'email');
  if (seen?.invitation)
    throw new Fail('user.exists', 'email', 'This address has an open invitation. Cancel that first.');
}

async function assertAdmitted(work: Pick<SystemWork, 'db'>, account: Locked, requesterId: string) {
  if (await admit(work.db, emailChangeCounters(account.id, requesterId))) return;
  throw new Fail('too_many', undefined, 'Too many links were sent for this person. Try again in an hour.');
}

async function ask(work: SystemWork, account: Locked, email: EmailAddress, requester: Requester) {
  await assertAdmitted(work, account, requester.id);
  const replaced = await endOpen(work, account.id, 'replaced');
  const change = { id: newId(), email, version: 1 };
  await work.db.$executeRaw`
    INSERT INTO email_change (id, user_id, requested_by, email, previous, token_hash, expires_at)
    VALUES (${change.id}::uuid, ${account.id}::uuid, ${requester.id}::uuid, ${email}, ${account.email},
            ${linkHash('email-change', change.id, 1)},
            app_now() + make_interval(secs => ${linkLimits.emailChangeMs / 1000}::float8))`;
  await mailLink(work, account, change, requester.name);
  await tell(work, account, account.email, {
    template: emailChangeAskedEmail.name,
    params: { maskedAddress: maskEmail(email), senderName: requester.name },
    dedupeKey: `email-change-asked:${change.id}`,
  });
  const before = { email: account.email, ...(replaced && { waiting: replaced }) };
  await trace(work, account, 'user.email_change_requested', before, { email });
}

async function mailLink(
  work: SystemWork,
  account: Locked,
  change: { id: string; email: string; version: number },
  senderName: string | null,
) {
  const { id: changeId, email, version } = change;
  const owner = await work.db.user.findUnique({ where: { email }, select: { id: true } });
  await tell(work, account, email, {
    template: emailChangeEmail.name,
    params: { changeId, version, isTaken: owner !== null, senderName, hours: linkHours },
    subject: { type: 'email-change', id: changeId },
    dedupeKey: `email-change:${changeId}:${version}`,
  });
}

/** The address itself, and what follows from it: old links die, everybody is signed out, both addresses are told. */
async function takeAddress(
  work: SystemWork,
  account: Locked,
  change: { email: string; requestedBy: string | null; isConfirmed: boolean },
) {
  const { id, email: previous } = account;
  const { email, requestedBy, isConfirmed } = change;
  const changed = await work.db.$executeRaw`
    UPDATE "user" SET email = ${email}, email_verified_at = CASE WHEN ${isConfirmed}::boolean THEN app_now() END,
           version = version + 1, updated_at = app_now()
     WHERE id = ${id}::uuid AND NOT EXISTS (SELECT FROM "user" other WHERE other.email = ${email})`.catch(
    (error: unknown) => {
      // Somebody else's transaction took it between our look and our write.
      if (isUniqueViolation(error)) return 0;
      throw error;
    },
  );
  if (changed === 0) throw new Fail('email_change.taken');
  await copyToMemberships(work, [id]);
  await expireInvitationsOf(work, id);
  await work.db.$executeRaw`
    UPDATE password_reset SET used_at = app_now() WHERE user_id = ${id}::uuid AND used_at IS NULL`;
  const sessionsEnded = await endSessions(work.db, id, 'revoked');
  const after = { email, confirmed: isConfirmed, requestedBy, sessionsEnded };
  await trace(work, account, 'user.email_changed', { email: previous }, after);
  const at = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  for (const to of ['old', 'new'] as const) {
    await tell(work, account, to === 'old' ? previous : email, {
      template: emailChangedEmail.name,
      params: { at, to, address: to === 'old' ? maskEmail(email) : email },
      dedupeKey: `email-changed:${work.request.id}:${to}`,
    });
  }
}

/** Ends the request that waits, if one does; answers the address it named. */
async function endOpen(work: SystemWork, userId: string, as: 'confirmed' | 'cancelled' | 'replaced') {
  const [ended] = await work.db.$queryRaw<{ email: string }[]>`
    UPDATE email_change SET ended_at = app_now(), ended_as = ${as}::email_change_end
     WHERE user_id = ${userId}::uuid AND ended_at IS NULL RETURNING email`;
  return ended?.email ?? null;
}

type Mail = Omit<Parameters<SystemWork['email']>[0], 'to' | 'userId' | 'organizationId'>;

async function tell(work: SystemWork, account: Locked, address: string, mail: Mail) {
  const organizationId = traceOrganization(account.standing);
  const name = `${account.firstName} ${account.lastName}`.trim();
  await work.email({ ...mail, to: { address, name }, userId: account.id, organizationId });
}

type Facts = Record<string, string | number | boolean | null>;

async function trace(work: SystemWork, account: Locked, action: string, before: Facts, after: Facts, reason?: string) {
  await work.audit({
    action,
    subject: { type: 'user', id: account.id },
    organizationId: traceOrganization(account.standing),
    before,
    after,
    ...(reason && { reason }),
  });
}
