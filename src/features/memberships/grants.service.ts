import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';

const checked = unscoped('the caller has checked who grants this and where');

// One statement each, whatever the number of people. Existing memberships and grants stay as they are.

/** Adds memberships. The same statement copies the person's columns that lists need into the membership. */
export async function addMemberships(
  work: Writes,
  addedBy: string | null,
  members: readonly { userId: string; organizationId: string }[],
) {
  await work.write(
    checked,
    sql`
      INSERT INTO membership (user_id, organization_id, added_by, email, sort_name, search, first_key, last_key, status,
                              created_at, last_sign_in_at, last_activity_at)
      SELECT u.id, x."organizationId", ${addedBy}::uuid, u.email, u.sort_name, u.search, u.first_key, u.last_key, u.status,
             u.created_at, u.last_sign_in_at, u.last_activity_at
        FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS x("userId" uuid, "organizationId" uuid)
        JOIN "user" u ON u.id = x."userId"
      ON CONFLICT DO NOTHING`,
  );
}

/** Grants roles in an organization. Without a membership there, nothing is granted. */
export async function grantMembershipRoles(
  work: Writes,
  grantedBy: string | null,
  grants: readonly { userId: string; organizationId: string; roleId: string }[],
) {
  await work.write(
    checked,
    sql`
      INSERT INTO membership_role (user_id, organization_id, role_id, granted_by)
      SELECT x."userId", x."organizationId", x."roleId", ${grantedBy}::uuid
        FROM jsonb_to_recordset(${JSON.stringify(grants)}::jsonb)
          AS x("userId" uuid, "organizationId" uuid, "roleId" uuid)
        JOIN membership m ON m.user_id = x."userId" AND m.organization_id = x."organizationId"
      ON CONFLICT DO NOTHING`,
  );
}

export async function grantPlatformRoles(
  work: Writes,
  grantedBy: string | null,
  grants: readonly { userId: string; roleId: string }[],
) {
  await work.write(
    checked,
    sql`
      INSERT INTO user_role (user_id, role_id, granted_by)
      SELECT x."userId", x."roleId", ${grantedBy}::uuid
        FROM jsonb_to_recordset(${JSON.stringify(grants)}::jsonb) AS x("userId" uuid, "roleId" uuid)
      ON CONFLICT DO NOTHING`,
  );
}

export async function addGroupMembers(
  work: Writes,
  addedBy: string | null,
  members: readonly { userId: string; groupId: string }[],
) {
  await work.write(
    checked,
    sql`
      INSERT INTO group_member (group_id, user_id, added_by)
      SELECT x."groupId", x."userId", ${addedBy}::uuid
        FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS x("userId" uuid, "groupId" uuid)
      ON CONFLICT DO NOTHING`,
  );
}

type Access = {
  userId: string;
  organizationId: string | null;
  roleIds: readonly string[];
  groupIds: readonly string[];
  grantedBy: string | null;
};

/** Adds one person's membership with its roles, or roles on the platform, and groups. */
export async function grantAccess(work: Writes, { userId, organizationId, roleIds, groupIds, grantedBy }: Access) {
  if (organizationId === null) {
    const grants = roleIds.map((roleId) => ({ userId, roleId }));
    await grantPlatformRoles(work, grantedBy, grants);
  } else {
    await addMemberships(work, grantedBy, [{ userId, organizationId }]);
    const grants = roleIds.map((roleId) => ({ userId, organizationId, roleId }));
    await grantMembershipRoles(work, grantedBy, grants);
  }
  const members = groupIds.map((groupId) => ({ userId, groupId }));
  await addGroupMembers(work, grantedBy, members);
}
