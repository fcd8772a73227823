import { restoreInvited } from '@/features/users/invited-accounts.service';
import { newId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Work, Writes } from '@/server/work';
import { type InvitationGrants, insertInvitationGrants, insertInvitations, type NewInvitation } from './insert.service';
import { mailInvitations } from './mail.service';

const locked = unscoped('the caller has locked these invitations');

/**
 * Sends imported invitations. The people must be locked and have no open invitation to the same place. Returns the
 * invitations with their ids.
 */
export async function sendImported<P extends Permission, Invitation extends Omit<NewInvitation, 'id'>>(
  work: Work<P>,
  permission: NoInfer<P>,
  invitations: readonly Invitation[],
  message: string,
): Promise<(Invitation & { id: string })[]> {
  if (invitations.length === 0) return [];
  const sent = invitations.map((invitation) => ({ ...invitation, id: newId() }));
  await insertInvitations(work, sent, { message, isImported: true });
  await restoreInvited(
    work,
    permission,
    sent.map(({ userId }) => userId),
  );
  await mailInvitations(
    work,
    sent.map(({ id }) => id),
  );
  return sent;
}

export type InvitationAmendment = InvitationGrants & { set?: { firstName?: string; lastName?: string } };

/** Adds grants and names to open invitations, which must be locked, without sending another email. */
export async function amendInvitations(work: Writes, amendments: readonly InvitationAmendment[]) {
  if (amendments.length === 0) return;
  await insertInvitationGrants(work, amendments);
  const names = amendments.flatMap(({ id, set }) => (set ? [{ id, ...set }] : []));
  await work.write(
    locked,
    sql`
      UPDATE invitation i SET first_name = coalesce(x."firstName", i.first_name), last_name = coalesce(x."lastName", i.last_name)
        FROM jsonb_to_recordset(${JSON.stringify(names)}::jsonb) AS x(id uuid, "firstName" text, "lastName" text)
       WHERE i.id = x.id`,
  );
}
