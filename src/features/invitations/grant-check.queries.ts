import { grantsOf } from '@/server/auth/grants';
import { type Sql, sql } from '@/server/db/sql';

type IsGranted = (permission: Sql, organizationId: Sql) => Sql;

/** The rule of `assertMaySend` for many rows `invitation i` at once. */
function isBeyond(isGranted: IsGranted): Sql {
  return sql`(
    NOT ${isGranted(sql`'users.invite'`, sql`i.organization_id`)}
    OR EXISTS (
      SELECT FROM invitation_role ir JOIN role r ON r.id = ir.role_id
       WHERE ir.invitation_id = i.id AND (
             r.scope = (CASE WHEN i.organization_id IS NULL THEN 'organization' ELSE 'platform' END)::role_scope
             OR EXISTS (SELECT FROM role_permission rp WHERE rp.role_id = r.id
                           AND NOT ${isGranted(sql`rp.permission`, sql`i.organization_id`)})))
    OR EXISTS (
      SELECT FROM invitation_group ig JOIN "group" g ON g.id = ig.group_id
       WHERE ig.invitation_id = i.id AND (
             (g.organization_id IS NOT NULL AND g.organization_id IS DISTINCT FROM i.organization_id)
             OR (g.organization_id IS NULL AND NOT ${isGranted(sql`'users.invite'`, sql`NULL::uuid`)})
             OR EXISTS (SELECT FROM group_role gr JOIN role_permission rp ON rp.role_id = gr.role_id
                         WHERE gr.group_id = g.id AND NOT ${isGranted(sql`rp.permission`, sql`g.organization_id`)}))))`;
}

/** One person's current grants, as a CTE for a WITH clause, and the condition that `invitation i` exceeds them. */
export function beyondPerson(userId: string): { granted: Sql; isBeyond: Sql } {
  const isGranted: IsGranted = (permission, organizationId) => sql`
    EXISTS (SELECT FROM granted h WHERE h.permission = ${permission}
               AND (h.organization_id IS NULL OR h.organization_id = ${organizationId}))`;
  return { granted: sql`granted AS MATERIALIZED (${grantsOf(userId)})`, isBeyond: isBeyond(isGranted) };
}

/** The same with the grants of each row's own sender; `rows` are the invitations to check. */
export function beyondSenders(rows: Sql): { granted: Sql; isBeyond: Sql } {
  const isGranted: IsGranted = (permission, organizationId) => sql`
    EXISTS (SELECT FROM granted h WHERE h.sender_id = i.sender_id AND h.permission = ${permission}
               AND (h.organization_id IS NULL OR h.organization_id = ${organizationId}))`;
  const granted = sql`granted AS MATERIALIZED (
    SELECT s.sender_id, g.permission, g.organization_id
      FROM (SELECT DISTINCT r.sender_id FROM (${rows}) r JOIN "user" u ON u.id = r.sender_id AND u.status = 'active') s
      CROSS JOIN LATERAL (${grantsOf(sql`s.sender_id`)}) g)`;
  return { granted, isBeyond: isBeyond(isGranted) };
}
