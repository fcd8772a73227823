import { sql } from '../db/sql';

/** `organizationId` null is the whole platform. */
export type Grant = { permission: string; organizationId: string | null };

/** Grants come directly, through groups, and through memberships of active organizations. */
export function grantsOf(userId: string | ReturnType<typeof sql>) {
  return sql`
    SELECT rp.permission, NULL::uuid AS organization_id
      FROM user_role ur JOIN role_permission rp USING (role_id) WHERE ur.user_id = ${userId}::uuid
    UNION
    SELECT rp.permission, g.organization_id
      FROM group_member gm JOIN "group" g ON g.id = gm.group_id
      JOIN group_role gr ON gr.group_id = g.id JOIN role_permission rp ON rp.role_id = gr.role_id
      JOIN permission p ON p.key = rp.permission
      LEFT JOIN membership m ON m.user_id = gm.user_id AND m.organization_id = g.organization_id
      LEFT JOIN organization o ON o.id = m.organization_id
     WHERE gm.user_id = ${userId}::uuid
       AND (g.organization_id IS NULL OR (p.scoped AND o.status = 'active'))
    UNION
    SELECT rp.permission, mr.organization_id
      FROM membership_role mr JOIN organization o ON o.id = mr.organization_id AND o.status = 'active'
      JOIN role_permission rp ON rp.role_id = mr.role_id JOIN permission p ON p.key = rp.permission AND p.scoped
     WHERE mr.user_id = ${userId}::uuid`;
}

/** Whether the permission is granted: in the given organization, on the platform for `null`, anywhere when omitted. */
export function holds(grants: Grant[], permission: string, organizationId?: string | null): boolean {
  return grants.some(
    (grant) =>
      grant.permission === permission &&
      (grant.organizationId === null || organizationId === undefined || grant.organizationId === organizationId),
  );
}
