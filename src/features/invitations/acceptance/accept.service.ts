import { createCredential } from '@/features/account/credential.service';
import { landingPath } from '@/features/account/landing.policy';
import { grantAccess } from '@/features/memberships/grants.service';
import { mayJoinSeveral } from '@/features/memberships/one-organization.policy';
import { lockRow } from '@/features/users/account-lock.service';
import { activateInvited } from '@/features/users/invited-accounts.service';
import { passwordProblems } from '@/lib/password-policy';
import { hashPassword } from '@/server/auth/password';
import { hashToken, learnTimeZone, startSession } from '@/server/auth/session';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { canOf } from '@/server/principal';
import { unscoped } from '@/server/scope';
import type { PublicWork, SystemWork, Work, Writes } from '@/server/work';
import { withdrawInvitationEmails } from '../mail.service';
import { maySend } from '../send.policy';
import type { AcceptInput } from './accept.schema';
import { findByToken, type OpenedInvitation } from './link.queries';

const byLink = unscoped('the token of the link leads to this invitation and its person');

export type Accepted = { kind: 'accepted'; path: string; session: { token: string } };
/** The sender may no longer grant it. Nothing was granted, and somebody else has to confirm it. */
export type OnHold = { kind: 'on_hold' };

type Claim = {
  invitation: OpenedInvitation;
  phone: string | null;
  roleIds: string[];
  groupIds: string[];
  senderId: string | null;
};

/** The invitation's row is locked before it is read, so only one of several requests at once succeeds. */
export async function acceptInvitation(work: PublicWork, input: AcceptInput): Promise<Accepted | OnHold> {
  const claim = await claimInvitation(work, input.token);
  const { invitation } = claim;
  const { userId, email, organizationName } = invitation;
  if (invitation.isKnown) {
    throw new Fail('invitation.used', { detail: 'This account is active already. Sign in to join.' });
  }
  const { firstName, lastName, password } = input;
  const problems = passwordProblems(password, [email, firstName, lastName, organizationName ?? '']);
  if (problems.length > 0) throw new Fail('input', { errors: { password: problems } });
  await assertInOneOrganization(work, invitation);
  if (!(await senderStillMay(work, claim))) return putOnHold(work, claim);

  const stored = await hashPassword(password);
  await activateInvited(work, { id: userId, firstName, lastName, phone: claim.phone });
  await createCredential(work, { userId, ...stored });
  await complete(work, claim);
  await work.audit({
    action: 'user.activated',
    subject: { type: 'user', id: userId },
    organizationId: invitation.organizationId,
    before: { status: 'invited' },
    after: { status: 'active', email, firstName, lastName },
  });
  await learnTimeZone(work, userId, input.timeZone);
  const session = await startSession(work, userId, work.request);
  await work.audit({
    action: 'session.started',
    subject: { type: 'user', id: userId },
    after: { by: 'invitation', session: session.id },
  });
  const can = await canOf(work, userId);
  const path = can ? landingPath(can) : '/account';
  return { kind: 'accepted', path, session: { token: session.token } };
}

/**
 * Accepts an invitation for an existing account. They must be signed in to it: the link alone opens no account. While
 * nobody confirmed its address, somebody else may know its password, so it joins nothing.
 */
export async function joinByInvitation(work: Work<'account.own'>, token: string): Promise<{ kind: 'joined' } | OnHold> {
  const claim = await claimInvitation(work, token);
  const { userId, isKnown } = claim.invitation;
  if (!isKnown || userId !== work.actor.id) {
    throw new Fail('not_allowed', { detail: 'This invitation is for another account. Sign out, then open it again.' });
  }
  if (!claim.invitation.hasConfirmedEmail) throw new Fail('email.unconfirmed');
  await assertInOneOrganization(work, claim.invitation);
  if (!(await senderStillMay(work, claim))) return putOnHold(work, claim);
  await complete(work, claim);
  return { kind: 'joined' };
}

async function assertInOneOrganization(work: Writes, invitation: OpenedInvitation) {
  const { userId, organizationId } = invitation;
  if (organizationId === null || mayJoinSeveral()) return;
  const elsewhere = await work.read(byLink, (tables) =>
    tables.membership.count({ where: { userId, organizationId: { not: organizationId } } }),
  );
  if (elsewhere === 0) return;
  throw new Fail('organization.one_only', {
    detail: 'You already belong to another organization, and you can only be in one. Ask the person who invited you.',
  });
}

/** Locks the invitation, then its person, and reads it again, because it may have changed since the page was shown. */
async function claimInvitation(work: Writes, token: string): Promise<Claim> {
  const tokenHash = hashToken(token);
  await work.read(byLink, sql`SELECT id FROM invitation WHERE token_hash = ${tokenHash} FOR UPDATE`);
  const row = await work.read(byLink, (tables) =>
    tables.invitation.findUnique({
      where: { tokenHash },
      include: { roles: true, groups: true },
    }),
  );
  if (!row) throw new Fail('invitation.used');
  await lockRow(work, row.userId);
  const invitation = await findByToken(work, token);
  if (!invitation) throw new Fail('invitation.used');
  if (invitation.isExpired) throw new Fail('invitation.expired');
  return {
    invitation,
    phone: row.phone,
    senderId: row.senderId,
    roleIds: row.roles.map(({ roleId }) => roleId),
    groupIds: row.groups.map(({ groupId }) => groupId),
  };
}

/** Checks against what the sender may grant now, not at the time of sending. */
async function senderStillMay(work: Writes & Pick<SystemWork, 'request'>, claim: Claim): Promise<boolean> {
  const { senderId, roleIds, groupIds, invitation } = claim;
  const sender = senderId ? await canOf(work, senderId) : null;
  if (!sender) return false;
  return maySend(sender, { roleIds, groupIds, organizationId: invitation.organizationId });
}

/** Leaves it for somebody who may grant it. A second attempt gets the same answer without another audit event. */
async function putOnHold(work: SystemWork, { invitation, senderId }: Claim): Promise<OnHold> {
  const { id, userId, organizationId, onHoldSince } = invitation;
  if (onHoldSince) throw new Fail('invitation.on_hold');
  await work.write(byLink, sql`UPDATE invitation SET held_since = app_now() WHERE id = ${id}::uuid`);
  await work.audit({
    action: 'invitation.held',
    subject: { type: 'invitation', id },
    organizationId,
    personId: userId,
    after: { sender: senderId },
    reason: 'Its sender may no longer grant it',
  });
  return { kind: 'on_hold' };
}

async function complete(work: SystemWork, { invitation, roleIds, groupIds, senderId }: Claim) {
  const { id, userId, organizationId, email } = invitation;
  await grantAccess(work, { userId, organizationId, roleIds, groupIds, grantedBy: senderId });
  await work.write(
    byLink,
    sql`UPDATE invitation SET state = 'accepted', ended_at = app_now(), held_since = NULL WHERE id = ${id}::uuid`,
  );
  await withdrawInvitationEmails(work, [id]);
  await work.audit({
    action: 'invitation.accepted',
    subject: { type: 'invitation', id },
    organizationId,
    personId: userId,
    after: { email, roles: roleIds, groups: groupIds, grantedBy: senderId },
  });
}
