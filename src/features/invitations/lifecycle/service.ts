import { invitationLimits } from '@/lib/limits';
import { linkHash } from '@/server/auth/links';
import { Fail } from '@/server/fail';
import type { SystemWork, Work } from '@/server/work';
import { mailInvitation } from '../mailing/service';
import { assertMaySend, isPending } from '../policy';

/** An invitation of the actor's scope, locked. Somebody else's is not found. */
async function lockInvitation(work: Work<'users.invite'>, id: string) {
  await work.db.$executeRaw`SELECT id FROM invitation WHERE id = ${id}::uuid FOR UPDATE`;
  const scope = work.scope('users.invite');
  const invitation = await work.db.invitation.findFirst({
    where: { id, ...(!scope.all && { organizationId: { in: scope.organizationIds } }) },
    include: { roles: true, groups: true },
  });
  if (!invitation) throw new Fail('not_found');
  return invitation;
}

type Locked = Awaited<ReturnType<typeof lockInvitation>>;

/** Sends it anew: the version goes up, which kills every link before it, and the days begin again. */
export async function resendInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockInvitation(work, id);
  await assertResendable(work, invitation);
  await sendAgain(work, invitation);
  await work.audit({
    action: 'invitation.resent',
    subject: { type: 'invitation', id },
    organizationId: invitation.organizationId,
    personId: invitation.userId,
    before: { version: invitation.version, state: invitation.state },
    after: { version: invitation.version + 1, state: 'open', email: invitation.email },
  });
}

/** Somebody who may grant all of it takes the place of a sender who no longer may, and sends it anew. */
export async function confirmInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockInvitation(work, id);
  const { organizationId, userId, senderId, heldSince } = invitation;
  if (!heldSince) throw new Fail('invitation.not_open', undefined, 'This invitation needs no confirmation any more.');
  const roleIds = invitation.roles.map((row) => row.roleId);
  const groupIds = invitation.groups.map((row) => row.groupId);
  await assertMaySend(work, { roleIds, groupIds, organizationId });
  await assertResendable(work, invitation);
  await work.db.invitation.update({ where: { id }, data: { senderId: work.actor.id, heldSince: null } });
  await sendAgain(work, invitation);
  await work.audit({
    action: 'invitation.confirmed',
    subject: { type: 'invitation', id },
    organizationId,
    personId: userId,
    before: { sender: senderId, version: invitation.version },
    after: { sender: work.actor.id, version: invitation.version + 1, roles: roleIds, groups: groupIds },
  });
}

/** The person's own state is not asked: outside the sender's view a refusal would tell it. A dead link tells nothing. */
async function assertResendable(work: Work<'users.invite'>, invitation: Locked) {
  if (!isPending(invitation)) throw new Fail('invitation.not_open');
  const [resent] = await work.db.$queryRaw<{ count: number; other: boolean }[]>`
    SELECT (SELECT count(*)::int FROM email e
             WHERE e.subject_type = 'invitation' AND e.subject_id = ${invitation.id}::uuid AND e.template = 'invitation'
               AND (e.params->>'version')::int > 1 AND e.created_at > app_now() - interval '1 day') AS count,
           EXISTS (SELECT FROM invitation o WHERE o.user_id = ${invitation.userId}::uuid AND o.state = 'open'
                      AND o.id <> ${invitation.id}::uuid
                      AND o.organization_id IS NOT DISTINCT FROM ${invitation.organizationId}::uuid) AS other`;
  if (resent?.other) throw new Fail('invitation.not_open', undefined, 'A newer invitation to this address is open.');
  if ((resent?.count ?? 0) >= invitationLimits.resendsPerDay) {
    const times = invitationLimits.resendsPerDay;
    throw new Fail('too_many', undefined, `This was sent again ${times} times today. Try again tomorrow.`);
  }
}

async function sendAgain(work: Work<'users.invite'>, { id, version }: Locked) {
  await work.db.$executeRaw`
    UPDATE invitation
       SET version = version + 1, token_hash = ${linkHash('invitation', id, version + 1)}, state = 'open',
           delivery = 'queued', sent_at = NULL, opened_at = NULL, ended_at = NULL,
           expires_at = app_now() + make_interval(secs => ${invitationLimits.lifetimeMs / 1000}::float8)
     WHERE id = ${id}::uuid`;
  await mailInvitation(work, id);
}

/** Ends it: the link is dead, a waiting mail is not sent, and somebody who was never active goes to the archive. */
export async function cancelInvitation(work: Work<'users.invite'>, id: string) {
  const { organizationId, userId, email, ...invitation } = await lockInvitation(work, id);
  if (!isPending(invitation)) throw new Fail('invitation.not_open');
  await work.db.$executeRaw`
    UPDATE invitation SET state = 'cancelled', ended_at = app_now(), held_since = NULL WHERE id = ${id}::uuid`;
  await work.audit({
    action: 'invitation.cancelled',
    subject: { type: 'invitation', id },
    organizationId,
    personId: userId,
    before: { state: invitation.state },
    after: { state: 'cancelled', email },
  });
  await archiveUnused(work, userId);
}

/** Only whoever was never active and waits for nothing else; locked first, as an invitation may be on its way. */
async function archiveUnused(work: Work<'users.invite'>, userId: string) {
  await work.db.$executeRaw`SELECT id FROM "user" WHERE id = ${userId}::uuid FOR UPDATE`;
  const archived = await work.db.$executeRaw`
    UPDATE "user" u SET status = 'archived', archived_status = 'invited', archived_at = app_now()
     WHERE u.id = ${userId}::uuid AND u.status = 'invited' AND u.activated_at IS NULL
       AND NOT EXISTS (SELECT FROM invitation i WHERE i.user_id = u.id AND i.state = 'open')`;
  if (archived === 0) return;
  await work.db.$executeRaw`UPDATE membership SET status = 'archived' WHERE user_id = ${userId}::uuid`;
  await work.audit({
    action: 'user.archived',
    subject: { type: 'user', id: userId },
    before: { status: 'invited' },
    after: { status: 'archived' },
    reason: 'The last invitation was cancelled',
  });
}

type Expired = { id: string; organization_id: string | null; user_id: string };

/** Marks what ran out, `limit` at a time; answers how many. Nothing is mailed: the page offers a new link. */
export async function expireInvitations(work: SystemWork, limit: number): Promise<number> {
  const expired = await work.db.$queryRaw<Expired[]>`
    UPDATE invitation SET state = 'expired', ended_at = expires_at
     WHERE id IN (SELECT id FROM invitation WHERE state = 'open' AND expires_at <= app_now()
                   ORDER BY expires_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
    RETURNING id, organization_id, user_id`;
  if (expired.length === 0) return 0;
  await work.audit(
    ...expired.map((row) => ({
      action: 'invitation.expired',
      subject: { type: 'invitation', id: row.id },
      organizationId: row.organization_id,
      personId: row.user_id,
    })),
  );
  return expired.length;
}
