import { copyToMemberships } from '@/features/users/membership-copies.service';
import { newId } from '@/lib/ids';
import type { AuditEntry } from '@/server/audit';
import type { Tx } from '@/server/db/client';
import { type Sql, sql } from '@/server/db/sql';
import type { Scope, SystemWork, Work } from '@/server/work';
import type { Invite } from './send.schema';

type Named = Pick<Invite, 'email' | 'firstName' | 'lastName' | 'phone' | 'organizationId'>;

/** A number typed by one organization stays in its invitation until acceptance: it is not for the others to see. */
const phoneToShare = ({ phone, organizationId }: Named) => (organizationId === null ? (phone ?? null) : null);

export type KnownPerson = {
  id: string;
  isNew: boolean;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  wasNeverActive: boolean;
  organizationIds: string[];
};

/**
 * Finds and locks the person with this address, or creates them as invited. The insert is always tried, so that a known
 * address takes the same steps as a new one and two requests at once create one person.
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
  if (!person) throw new Error('The address belongs to an account that cannot be read.');
  const { ids, ...known } = person;
  return { ...known, organizationIds: ids, isNew: made.count === 1 };
}

/** Whether `"user" u` belongs to an organization outside this scope, where the inviter must not change anything. */
export function isMemberOutside(scope: Scope): Sql {
  if (scope.all) return sql`false`;
  return sql`EXISTS (SELECT FROM membership m WHERE m.user_id = u.id
                      AND m.organization_id <> ALL(${scope.organizationIds}::uuid[]))`;
}

/** Unarchives and renames a person who is invited again after all earlier invitations ended unused. */
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

/** Unarchives people who were never active, because an invitation is sent to them again. */
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

function restored(id: string): AuditEntry {
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

/** Adds a membership with its roles, or roles on the platform, and groups. Existing ones stay. */
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
