import { copyToMemberships } from '@/features/users/membership-copies.service';
import { newId } from '@/lib/ids';
import type { Tx } from '@/server/db/client';
import { type Sql, sql } from '@/server/db/sql';
import type { Scope, SystemWork, Work } from '@/server/work';
import type { Invite } from './send.schema';

type Named = Pick<Invite, 'email' | 'firstName' | 'lastName' | 'phone' | 'organizationId'>;

/** A number that one organization typed is none of another's: it waits in the invitation and comes with its acceptance. */
const phoneToShare = ({ phone, organizationId }: Named) => (organizationId === null ? (phone ?? null) : null);

export type KnownPerson = {
  id: string;
  isNew: boolean;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  /** Nobody has ever used this account: it only stands for an invitation. */
  wasNeverActive: boolean;
  organizationIds: string[];
};

/**
 * The person behind an address, locked; made as invited when the address is new. The insert is tried either way, so a
 * known address takes the same steps as a new one, and two at once end with one person.
 */
export async function findPerson(work: Work<'users.invite'>, input: Named): Promise<KnownPerson> {
  const { email, firstName, lastName } = input;
  const made = await work.db.user.createMany({
    data: [{ id: newId(), email, firstName, lastName, phone: phoneToShare(input), status: 'invited' }],
    skipDuplicates: true,
  });
  const [person] = await work.db.$queryRaw<(Omit<KnownPerson, 'isNew' | 'organizationIds'> & { ids: string[] })[]>`
    SELECT u.id, u.status, u.activated_at IS NULL AND coalesce(u.archived_status, u.status) = 'invited' AS "wasNeverActive",
           ARRAY(SELECT m.organization_id FROM membership m WHERE m.user_id = u.id) AS ids
      FROM "user" u WHERE u.email = ${email} FOR UPDATE OF u`;
  if (!person) throw new Error('The address is held by an account that cannot be seen.');
  const { ids, ...known } = person;
  return { ...known, organizationIds: ids, isNew: made.count === 1 };
}

/** Whether `"user" u` is a member of an organization outside this scope: then who invites them changes nothing there. */
export function isMemberOutside(scope: Scope): Sql {
  if (scope.all) return sql`false`;
  return sql`EXISTS (SELECT FROM membership m WHERE m.user_id = u.id
                      AND m.organization_id <> ALL(${scope.organizationIds}::uuid[]))`;
}

/** Somebody whose earlier invitations all ended unused is invited anew: out of the archive, under the name typed now. */
export async function reviveInvited(work: Work<'users.invite'>, person: KnownPerson, input: Named) {
  if (!person.organizationIds.every((id) => work.may('users.invite', id))) return;
  const waiting = await work.db.invitation.findFirst({
    where: { userId: person.id, state: 'open' },
    select: { id: true },
  });
  if (waiting) return;
  const { firstName, lastName } = input;
  const phone = phoneToShare(input);
  await work.db.user.update({
    where: { id: person.id },
    data: { firstName, lastName, phone, status: 'invited', archivedAt: null, archivedStatus: null },
  });
  await copyToMemberships(work, [person.id]);
  if (person.status === 'archived') await work.audit(restored(person.id));
}

/** Takes out of the archive whoever was never active: an invitation is on its way to them again. */
export async function restoreInvited(work: SystemWork, userIds: string[], scope: Scope) {
  const back = await work.db.$queryRaw<{ id: string }[]>`
    UPDATE "user" u SET status = 'invited', archived_at = NULL, archived_status = NULL
     WHERE u.id = ANY(${userIds}::uuid[]) AND u.status = 'archived' AND u.archived_status = 'invited'
       AND u.activated_at IS NULL AND NOT ${isMemberOutside(scope)}
    RETURNING u.id`;
  if (back.length === 0) return;
  const ids = back.map(({ id }) => id);
  await copyToMemberships(work, ids);
  await work.audit(...ids.map(restored));
}

function restored(id: string) {
  const subject = { type: 'user', id };
  return { action: 'user.restored', subject, before: { status: 'archived' }, after: { status: 'invited' } };
}

type Access = {
  userId: string;
  organizationId: string | null;
  roleIds: readonly string[];
  groupIds: readonly string[];
  grantedBy: string | null;
};

/** Makes somebody a member, with roles and groups; on the platform the roles alone. What is there already stays. */
export async function grantAccess(tx: Tx, { userId, organizationId, roleIds, groupIds, grantedBy }: Access) {
  if (organizationId === null) {
    const data = roleIds.map((roleId) => ({ userId, roleId, grantedBy }));
    await tx.userRole.createMany({ data, skipDuplicates: true });
  } else {
    await tx.$executeRaw`
      INSERT INTO membership (user_id, organization_id, added_by, email, sort_name, search, first_key, last_key, status,
                              created_at, last_sign_in_at, last_activity_at)
      SELECT u.id, ${organizationId}::uuid, ${grantedBy}::uuid, u.email, u.sort_name, u.search, u.first_key, u.last_key,
             u.status, u.created_at, u.last_sign_in_at, u.last_activity_at
        FROM "user" u WHERE u.id = ${userId}::uuid
          ON CONFLICT DO NOTHING`;
    const data = roleIds.map((roleId) => ({ userId, organizationId, roleId, grantedBy }));
    await tx.membershipRole.createMany({ data, skipDuplicates: true });
  }
  const members = groupIds.map((groupId) => ({ groupId, userId, addedBy: grantedBy }));
  await tx.groupMember.createMany({ data: members, skipDuplicates: true });
}
