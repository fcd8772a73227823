import { invitationLimits } from '@/lib/limits';
import { linkHash } from '@/server/auth/links';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Work, Writes } from '@/server/work';
import { invitationLink } from './send.schema';

const checked = unscoped('the caller has checked who invites and what they grant');

export type InvitationGrants = { id: string; roleIds: readonly string[]; groupIds: readonly string[] };

export type NewInvitation = InvitationGrants & {
  userId: string;
  organizationId: string | null;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
};

/** The people must be locked and have no open invitation to the same place. One statement each, whatever the number. */
export async function insertInvitations(
  work: Work,
  invitations: readonly NewInvitation[],
  { message, isImported }: { message: string; isImported: boolean },
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
             x."firstName", x."lastName", x.phone, ${isImported}::boolean,
             app_now() + make_interval(secs => ${invitationLimits.lifetimeMs / 1000}::float8)
        FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
          AS x(id uuid, "userId" uuid, "organizationId" uuid, "tokenHash" text, email text, "firstName" text,
               "lastName" text, phone text)`,
  );
  await insertInvitationGrants(work, invitations);
}

export async function insertInvitationGrants(work: Writes, invitations: readonly InvitationGrants[]) {
  const roles = invitations.flatMap(({ id, roleIds }) => roleIds.map((what) => ({ id, what })));
  const groups = invitations.flatMap(({ id, groupIds }) => groupIds.map((what) => ({ id, what })));
  if (roles.length > 0) {
    await work.write(
      checked,
      sql`
        INSERT INTO invitation_role (invitation_id, role_id)
        SELECT x.id, x.what FROM jsonb_to_recordset(${JSON.stringify(roles)}::jsonb) AS x(id uuid, what uuid)
        ON CONFLICT DO NOTHING`,
    );
  }
  if (groups.length > 0) {
    await work.write(
      checked,
      sql`
        INSERT INTO invitation_group (invitation_id, group_id)
        SELECT x.id, x.what FROM jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) AS x(id uuid, what uuid)
        ON CONFLICT DO NOTHING`,
    );
  }
}
