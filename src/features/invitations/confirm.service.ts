import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';
import type { LockedInvitation } from './obstacles.queries';
import { lockOne, refuseFor } from './obstacles.service';
import { assertWithinQuota } from './quota.service';
import { sendAgain } from './resend.service';

const locked = unscoped('the invitations were locked in scope before');

/** Makes the actor its sender, because the earlier one lost the right to grant it, and resends it. */
export async function confirmInvitation(work: Work<'users.invite'>, id: string) {
  const invitation = await lockOne(work, id);
  refuseFor(invitation.confirm);
  await assertWithinQuota(work, invitation);
  await confirmInvitations(work, [invitation]);
}

/** Confirms several. The caller has locked them and checked that none has an obstacle or is over the quota. */
export async function confirmInvitations(work: Work<'users.invite'>, invitations: LockedInvitation[]) {
  const ids = invitations.map(({ id }) => id);
  await work.write(locked, (tables) =>
    tables.invitation.updateMany({
      where: { id: { in: ids } },
      data: { senderId: work.actor.id, onHoldSince: null },
    }),
  );
  await sendAgain(work, invitations);
  const granted = await readGrants(work, ids);
  await work.audit(
    ...invitations.map(({ id, organizationId, userId, senderId, version }) => ({
      action: 'invitation.confirmed' as const,
      subject: { type: 'invitation', id },
      organizationId,
      personId: userId,
      before: { sender: senderId, version },
      after: { sender: work.actor.id, version: version + 1, ...granted.get(id) },
    })),
  );
}

async function readGrants(work: Work<'users.invite'>, ids: string[]) {
  const rows = await work.read<{ id: string; roles: string[]; groups: string[] }>(
    locked,
    sql`
      SELECT i.id, ARRAY(SELECT role_id::text FROM invitation_role WHERE invitation_id = i.id) AS roles,
             ARRAY(SELECT group_id::text FROM invitation_group WHERE invitation_id = i.id) AS groups
        FROM unnest(${ids}::uuid[]) AS i(id)`,
  );
  return new Map(rows.map(({ id, ...grants }) => [id, grants]));
}
