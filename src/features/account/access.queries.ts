import { grantsOf } from '@/server/auth/grants';
import { fullNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';

const ownAccount = unscoped('own account');

export type GrantedRole = { name: string; description: string; group: string | null };
export type AllowedAction = { application: string; area: string; description: string };

export type Place = {
  /** Null is the whole platform. */
  organization: { name: string; slug: string; isActive: boolean } | null;
  roles: GrantedRole[];
  teams: { name: string; isLead: boolean }[];
  groups: string[];
  actions: AllowedAction[];
};

type Row = Omit<Place, 'organization'> & { name: string | null; slug: string | null; status: string | null };

/** The platform first, then every organization the person belongs to, with their roles there. One statement. */
export async function listOwnAccess(can: Can<'account.own'>): Promise<Place[]> {
  const { id } = can.actor;
  const rows = await can.read<Row>(
    ownAccount,
    sql`
      WITH place AS (
        SELECT NULL::uuid AS id
        UNION SELECT organization_id FROM membership WHERE user_id = ${id}::uuid),
      assigned AS (
        SELECT NULL::uuid AS place, r.name, r.description, NULL::text AS "group"
          FROM user_role ur JOIN role r ON r.id = ur.role_id WHERE ur.user_id = ${id}::uuid
        UNION
        SELECT mr.organization_id, r.name, r.description, NULL
          FROM membership_role mr JOIN role r ON r.id = mr.role_id WHERE mr.user_id = ${id}::uuid
        UNION
        SELECT g.organization_id, r.name, r.description, g.name
          FROM group_member gm JOIN "group" g ON g.id = gm.group_id
          JOIN group_role gr ON gr.group_id = g.id JOIN role r ON r.id = gr.role_id WHERE gm.user_id = ${id}::uuid),
      allowed AS (
        SELECT DISTINCT granted.organization_id AS place, p.application, p.area, p.description
          FROM (${grantsOf(sql`${id}`)}) granted JOIN permission p ON p.key = granted.permission)
      SELECT o.name, o.slug, o.status::text AS status,
             coalesce((SELECT json_agg(json_build_object('name', a.name, 'description', a.description, 'group', a."group")
                              ORDER BY a.name, a."group")
                         FROM assigned a WHERE a.place IS NOT DISTINCT FROM place.id), '[]') AS roles,
             coalesce((SELECT json_agg(json_build_object('name', t.name, 'isLead', tm.role = 'lead') ORDER BY t.name)
                         FROM team_member tm JOIN team t ON t.organization_id = tm.organization_id AND t.id = tm.team_id
                        WHERE tm.user_id = ${id}::uuid AND tm.organization_id = place.id), '[]') AS teams,
             coalesce((SELECT json_agg(g.name ORDER BY g.name)
                         FROM group_member gm JOIN "group" g ON g.id = gm.group_id
                        WHERE gm.user_id = ${id}::uuid AND g.organization_id IS NOT DISTINCT FROM place.id), '[]') AS groups,
             coalesce((SELECT json_agg(json_build_object('application', d.application, 'area', d.area,
                                                         'description', d.description)
                              ORDER BY d.application <> 'rollcall', d.application, d.area, d.description)
                         FROM allowed d WHERE d.place IS NOT DISTINCT FROM place.id), '[]') AS actions
        FROM place LEFT JOIN organization o ON o.id = place.id
       ORDER BY place.id IS NOT NULL, o.name_key, o.id`,
  );
  return rows
    .map(({ name, slug, status, ...rest }) => ({
      organization: name && slug ? { name, slug, isActive: status === 'active' } : null,
      ...rest,
    }))
    .filter((place) => place.organization || place.roles.length + place.groups.length > 0);
}

export type SupportContact = { organization: string; name: string; email: string };

/** The Org Admins a person can ask for access: at most ten for each of their organizations. */
export async function listSupportContacts(can: Can<'account.own'>): Promise<SupportContact[]> {
  return can.read<SupportContact>(
    ownAccount,
    sql`
      SELECT o.name AS organization, ${fullNameSql(sql`u`)} AS name, u.email
        FROM membership mine JOIN organization o ON o.id = mine.organization_id AND o.status = 'active'
        CROSS JOIN LATERAL (
          SELECT u.first_name, u.last_name, u.email FROM membership_role mr
            JOIN role r ON r.id = mr.role_id AND r.key = 'org-admin'
            JOIN "user" u ON u.id = mr.user_id AND u.status = 'active'
           WHERE mr.organization_id = o.id ORDER BY u.sort_name, u.id LIMIT 10) u
       WHERE mine.user_id = ${can.actor.id}::uuid
       ORDER BY o.name_key, u.email`,
  );
}
