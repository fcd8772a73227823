import { invitationLimits } from '@/lib/limits';
import { linkHash } from '@/server/auth/links';
import { Fail, type FailCode } from '@/server/fail';
import type { SystemWork, Work } from '@/server/work';
import { mailInvitations } from '../mailing/service';
import { isMemberOutside, restoreInvited } from '../people/service';
import { type LockedInvitation, lockInvitations } from './queries';
import { type Obstacle, obstacleWords } from './schema';

/** One invitation of the actor's scope, locked. Somebody else's is not found. */
async function lockOne(work: Work<'users.invite'>, id: string): Promise<LockedInvitation> {
  const [invitation] = await lockInvitations(work, [id]);
  if (!invitation) throw new Fail('not_found');
  return invitation;
}

const codes = {
  not_pending: 'invitation.not_open',
  held: 'invitation.held',
  newer_open: 'invitation.not_open',
  too_often: 'too_many',
  not_held: 'invitation.not_open',
  not_granted: 'grant.not_held',
} as const satisfies Record<Obstacle, FailCode>;

function refuseFor(obstacle: Obstacle | null) {
  if (obstacle) throw new Fail(codes[obstacle], undefined, obstacleWords[obstacle]);
}

/** Sends it anew: the version goes up, which kills every link before it, and the days begin again. */
export async function resendInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockOne(work, id);
  refuseFor(invitation.resend);
  await resendInvitations(work, [invitation]);
}

/** The same for a set: locked, and with nothing against it. */
export async function resendInvitations(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  await sendAgain(work, invitations);
  await work.audit(
    ...invitations.map(({ id, organizationId, userId, version, state, email }) => ({
      action: 'invitation.resent',
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      before: { version, state },
      after: { version: version + 1, state: 'open', email },
    })),
  );
}

/** Somebody who may grant all of it takes the place of a sender who no longer may, and sends it anew. */
export async function confirmInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockOne(work, id);
  refuseFor(invitation.confirm);
  await confirmInvitations(work, [invitation]);
}

/** The same for a set: locked, and with nothing against it. */
export async function confirmInvitations(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  const ids = invitations.map(({ id }) => id);
  await work.db.invitation.updateMany({
    where: { id: { in: ids } },
    data: { senderId: work.actor.id, heldSince: null },
  });
  await sendAgain(work, invitations);
  const handedOut = await readGrants(work, ids);
  await work.audit(
    ...invitations.map(({ id, organizationId, userId, senderId, version }) => ({
      action: 'invitation.confirmed',
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      before: { sender: senderId, version },
      after: { sender: work.actor.id, version: version + 1, ...handedOut.get(id) },
    })),
  );
}

async function readGrants(work: Work<'users.invite'>, ids: string[]) {
  const rows = await work.db.$queryRaw<{ id: string; roles: string[]; groups: string[] }[]>`
    SELECT i.id, ARRAY(SELECT role_id::text FROM invitation_role WHERE invitation_id = i.id) AS roles,
           ARRAY(SELECT group_id::text FROM invitation_group WHERE invitation_id = i.id) AS groups
      FROM unnest(${ids}::uuid[]) AS i(id)`;
  return new Map(rows.map(({ id, ...granted }) => [id, granted]));
}

async function sendAgain(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  if (invitations.length === 0) return;
  // The hash of a link needs its key, which the database does not have.
  const hashes = invitations.map(({ id, version }) => ({
    id,
    hash: Buffer.from(linkHash('invitation', id, version + 1)).toString('hex'),
  }));
  await work.db.$executeRaw`
    UPDATE invitation i
       SET version = i.version + 1, token_hash = decode(x.hash, 'hex'), state = 'open',
           delivery = 'queued', sent_at = NULL, opened_at = NULL, ended_at = NULL, reminded = 0,
           expires_at = app_now() + make_interval(secs => ${invitationLimits.lifetimeMs / 1000}::float8)
      FROM jsonb_to_recordset(${JSON.stringify(hashes)}::jsonb) AS x(id uuid, hash text) WHERE i.id = x.id`;
  await restoreInvited(
    work,
    invitations.map(({ userId }) => userId),
    work.scope('users.invite'),
  );
  await mailInvitations(
    work,
    invitations.map(({ id }) => id),
  );
}

/** Ends it: the link is dead, a waiting mail is not sent, and somebody who was never active goes to the archive. */
export async function cancelInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockOne(work, id);
  refuseFor(invitation.cancel);
  await cancelInvitations(work, [invitation]);
}

/** The same for a set: locked, and with nothing against it. */
export async function cancelInvitations(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  if (invitations.length === 0) return;
  await work.db.$executeRaw`
    UPDATE invitation SET state = 'cancelled', ended_at = app_now(), held_since = NULL
     WHERE id = ANY(${invitations.map(({ id }) => id)}::uuid[])`;
  await work.audit(
    ...invitations.map(({ id, organizationId, userId, state, email }) => ({
      action: 'invitation.cancelled',
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      before: { state },
      after: { state: 'cancelled', email },
    })),
  );
  await archiveUnused(
    work,
    invitations.map(({ userId }) => userId),
  );
}

/** Only whoever was never active and waits for nothing else; locked first, as an invitation may be on its way. */
async function archiveUnused(work: Work<'users.invite'>, userIds: string[]) {
  await work.db.$executeRaw`SELECT id FROM "user" WHERE id = ANY(${userIds}::uuid[]) ORDER BY id FOR UPDATE`;
  const archived = await work.db.$queryRaw<{ id: string }[]>`
    UPDATE "user" u SET status = 'archived', archived_status = 'invited', archived_at = app_now()
     WHERE u.id = ANY(${userIds}::uuid[]) AND u.status = 'invited' AND u.activated_at IS NULL
       AND NOT EXISTS (SELECT FROM invitation i WHERE i.user_id = u.id AND i.state = 'open')
       AND NOT ${isMemberOutside(work.scope('users.invite'))}
    RETURNING u.id`;
  if (archived.length === 0) return;
  const ids = archived.map(({ id }) => id);
  await work.db.$executeRaw`UPDATE membership SET status = 'archived' WHERE user_id = ANY(${ids}::uuid[])`;
  await work.audit(
    ...ids.map((id) => ({
      action: 'user.archived',
      subject: { type: 'user', id },
      before: { status: 'invited' },
      after: { status: 'archived' },
      reason: 'The last invitation was cancelled',
    })),
  );
}

type Expired = { id: string; organization_id: string | null; user_id: string };

/** Marks what ran out, `limit` at a time; answers how many. Nothing is mailed: the page offers a new link. */
export async function expireInvitations(work: SystemWork, limit: number): Promise<number> {
  const expired = await work.db.$queryRaw<Expired[]>`
    WITH due AS MATERIALIZED (
      SELECT id FROM invitation WHERE state = 'open' AND expires_at <= app_now()
       ORDER BY expires_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
    UPDATE invitation SET state = 'expired', ended_at = expires_at WHERE id IN (SELECT id FROM due)
    RETURNING id, organization_id, user_id`;
  await traceExpired(work, expired);
  return expired.length;
}

/** The same at once for one person, who is about to be invited again; with what went to an address they had before. */
export async function expireStale(work: Pick<SystemWork, 'db' | 'audit'>, userId: string) {
  const expired = await work.db.$queryRaw<Expired[]>`
    UPDATE invitation i SET state = 'expired', ended_at = least(i.expires_at, app_now()), held_since = NULL
      FROM "user" u WHERE u.id = i.user_id AND u.id = ${userId}::uuid AND i.state = 'open'
       AND (i.expires_at <= app_now() OR i.email <> u.email)
    RETURNING i.id, i.organization_id, i.user_id`;
  await traceExpired(work, expired);
}

async function traceExpired(work: Pick<SystemWork, 'audit'>, expired: Expired[]) {
  if (expired.length === 0) return;
  await work.audit(
    ...expired.map((row) => ({
      action: 'invitation.expired',
      subject: { type: 'invitation', id: row.id },
      organizationId: row.organization_id,
      personId: row.user_id,
    })),
  );
}
