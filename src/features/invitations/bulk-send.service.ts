import { restoreInvited } from '@/features/users/invited-accounts.service';
import { newId } from '@/lib/ids';
import { invitationLimits } from '@/lib/limits';
import type { Permission } from '@/lib/permissions';
import { linkHash } from '@/server/auth/links';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Work, Writes } from '@/server/work';
import { mailInvitations } from './mail.service';
import { invitationLink } from './send.schema';

const checked = unscoped('the caller has checked who invites and what they grant');

type Grants = { roleIds: readonly string[]; groupIds: readonly string[] };

export type NewInvitation = Grants & {
  userId: string;
  organizationId: string | null;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
};

/**
 * Sends imported invitations. The people must be locked and have no open invitation to the same place. Returns the
 * invitations with their ids.
 */
export async function sendImported<P extends Permission, Invitation extends NewInvitation>(
  work: Work<P>,
  permission: NoInfer<P>,
  invitations: readonly Invitation[],
  message: string,
): Promise<(Invitation & { id: string })[]> {
  if (invitations.length === 0) return [];
  const sent = invitations.map((invitation) => ({ ...invitation, id: newId() }));
  await insertInvitations(work, sent, message);
  await insertGrants(work, sent);
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

async function insertInvitations(
  work: Work,
  invitations: readonly (NewInvitation & { id: string })[],
  message: string,
) {
  const records = invitations.map(({ id, userId, organizationId, email, firstName, lastName, phone }) => {
    const tokenHash = Buffer.from(linkHash(invitationLink, id, 1)).toString('hex');
    return { id, userId, organizationId, tokenHash, email, firstName, lastName, phone };
  });
  await work.write(
    checked,
    sql`
      INSERT INTO invitation (id, user_id, organization_id, sender_id, token_hash, message, email, first_name, last_name,
                              phone, imported, expires_at)
      SELECT x.id, x."userId", x."organizationId", ${work.actor.id}::uuid, decode(x."tokenHash", 'hex'), ${message}, x.email,
             x."firstName", x."lastName", x.phone, true,
             app_now() + make_interval(secs => ${invitationLimits.lifetimeMs / 1000}::float8)
        FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
          AS x(id uuid, "userId" uuid, "organizationId" uuid, "tokenHash" text, email text, "firstName" text,
               "lastName" text, phone text)`,
  );
}

export type InvitationAmendment = Grants & { id: string; set?: { firstName?: string; lastName?: string } };

/** Adds grants and names to open invitations, which must be locked, without sending another email. */
export async function amendInvitations(work: Writes, amendments: readonly InvitationAmendment[]) {
  if (amendments.length === 0) return;
  await insertGrants(work, amendments);
  const names = amendments.flatMap(({ id, set }) => (set ? [{ id, ...set }] : []));
  await work.write(
    checked,
    sql`
      UPDATE invitation i SET first_name = coalesce(x."firstName", i.first_name), last_name = coalesce(x."lastName", i.last_name)
        FROM jsonb_to_recordset(${JSON.stringify(names)}::jsonb) AS x(id uuid, "firstName" text, "lastName" text)
       WHERE i.id = x.id`,
  );
}

async function insertGrants(work: Writes, invitations: readonly (Grants & { id: string })[]) {
  const roles = invitations.flatMap(({ id, roleIds }) => roleIds.map((what) => ({ id, what })));
  const groups = invitations.flatMap(({ id, groupIds }) => groupIds.map((what) => ({ id, what })));
  if (roles.length > 0)
    await work.write(
      checked,
      sql`
        INSERT INTO invitation_role (invitation_id, role_id)
        SELECT x.id, x.what FROM jsonb_to_recordset(${JSON.stringify(roles)}::jsonb) AS x(id uuid, what uuid)
        ON CONFLICT DO NOTHING`,
    );
  if (groups.length > 0)
    await work.write(
      checked,
      sql`
        INSERT INTO invitation_group (invitation_id, group_id)
        SELECT x.id, x.what FROM jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) AS x(id uuid, what uuid)
        ON CONFLICT DO NOTHING`,
    );
}
