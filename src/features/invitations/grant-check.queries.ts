import { grantsOf } from '@/server/auth/session';
import { type Sql, sql } from '@/server/db/sql';

/** How a set says whether a permission is held in an organization, null being the platform. */
type Holds = (permission: Sql, organizationId: Sql) => Sql;

/**
 * Whether `invitation i` hands out what may not be granted: the rule of `assertMaySend` for many rows at once. Roles
 * must fit the place and lie within what is held there, groups within what is held where they belong.
 */
function isBeyond(holds: Holds): Sql {
  return sql`(
    NOT ${holds(sql`'users.invite'`, sql`i.organization_id`)}
    OR EXISTS (
      SELECT FROM invitation_role ir JOIN role r ON r.id = ir.role_id
       WHERE ir.invitation_id = i.id AND (
             r.scope = (CASE WHEN i.organization_id IS NULL THEN 'organization' ELSE 'platform' END)::role_scope
             OR EXISTS (SELECT FROM role_permission rp WHERE rp.role_id = r.id
                           AND NOT ${holds(sql`rp.permission`, sql`i.organization_id`)})))
    OR EXISTS (
      SELECT FROM invitation_group ig JOIN "group" g ON g.id = ig.group_id
       WHERE ig.invitation_id = i.id AND (
             (g.organization_id IS NOT NULL AND g.organization_id IS DISTINCT FROM i.organization_id)
             OR (g.organization_id IS NULL AND NOT ${holds(sql`'users.invite'`, sql`NULL::uuid`)})
             OR EXISTS (SELECT FROM group_role gr JOIN role_permission rp ON rp.role_id = gr.role_id
                         WHERE gr.group_id = g.id AND NOT ${holds(sql`rp.permission`, sql`g.organization_id`)}))))`;
}

/** What one person holds now, as `held` for a WITH clause, and the rule against it. */
export function beyondPerson(userId: string): { held: Sql; isBeyond: Sql } {
  const holds: Holds = (permission, organizationId) => sql`
    EXISTS (SELECT FROM held h WHERE h.permission = ${permission}
               AND (h.organization_id IS NULL OR h.organization_id = ${organizationId}))`;
  return { held: sql`held AS MATERIALIZED (${grantsOf(userId)})`, isBeyond: isBeyond(holds) };
}

/** The same for every row against its own sender; `rows` are the invitations it is asked for. */
export function beyondSenders(rows: Sql): { held: Sql; isBeyond: Sql } {
  const holds: Holds = (permission, organizationId) => sql`
    EXISTS (SELECT FROM held h WHERE h.sender_id = i.sender_id AND h.permission = ${permission}
               AND (h.organization_id IS NULL OR h.organization_id = ${organizationId}))`;
  const held = sql`held AS MATERIALIZED (
    SELECT s.sender_id, g.permission, g.organization_id
      FROM (SELECT DISTINCT r.sender_id FROM (${rows}) r JOIN "user" u ON u.id = r.sender_id AND u.status = 'active') s
      CROSS JOIN LATERAL (${grantsOf(sql`s.sender_id`)}) g)`;
  return { held, isBeyond: isBeyond(holds) };
}
