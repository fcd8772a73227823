import { boundedCount, type Count } from '@/lib/counts';
import { isId } from '@/lib/ids';
import { type NameList, namesPerPage } from '@/lib/name-list';
import { cutPage } from '@/lib/page-cut';
import { namePage } from '@/server/db/names';
import { type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';

export type GroupRow = {
  id: string;
  name: string;
  nameKey: string;
  organizationId: string | null;
  organization: string | null;
  organizationSlug: string | null;
  roles: string[];
  /** With those who join it when they accept, as in the list of its people. Counted up to one more than the limit. */
  members: number;
};

/** Each of fifty rows is counted person by person, so it stops early. A group's own page counts further. */
export const groupMemberCountLimit = 1_000;
const ownMemberCountLimit = 10_000;
const invitationCountLimit = 1_000;

/** Members as the list of users shows them: archived people keep their place in a group, but count nowhere. */
const membersOf = (limit: number) => sql`
  (SELECT count(*)::int FROM (
     SELECT 1 FROM group_member gm JOIN "user" u ON u.id = gm.user_id
      WHERE gm.group_id = g.id AND u.status <> 'archived' LIMIT ${limit + 1}::int) counted)`;

/** Nobody twice: a member may be invited to the group once more, from another organization. */
const peopleOf = (groupId: Sql) => sql`
  SELECT 1 FROM group_member gm JOIN "user" u ON u.id = gm.user_id
   WHERE gm.group_id = ${groupId} AND u.status <> 'archived'
  UNION ALL (
    SELECT 1 FROM invitation_group ig JOIN invitation i ON i.id = ig.invitation_id
     WHERE ig.group_id = ${groupId} AND i.state = 'open'
       AND NOT EXISTS (SELECT FROM group_member gm WHERE gm.group_id = ${groupId} AND gm.user_id = i.user_id)
     GROUP BY i.user_id)`;

export async function listGroups(can: Can<'groups.read'>, list: NameList) {
  const { where, order } = namePage(sql`g`, list);
  const rows = await can.read<GroupRow>(sql`
    SELECT g.id, g.name, g.name_key AS "nameKey", g.organization_id AS "organizationId", o.name AS organization, o.slug AS "organizationSlug",
           coalesce((SELECT array_agg(r.name ORDER BY r.name) FROM group_role gr JOIN role r ON r.id = gr.role_id
                      WHERE gr.group_id = g.id), '{}') AS roles,
           (SELECT count(*)::int FROM (${peopleOf(sql`g.id`)} LIMIT ${groupMemberCountLimit + 1}::int) counted) AS members
      FROM "group" g LEFT JOIN organization o ON o.id = g.organization_id
     WHERE ${within(can, 'groups.read', sql`g.organization_id`)} ${where}
     ORDER BY ${order} LIMIT ${namesPerPage + 1}::int`);
  return cutPage(rows, namesPerPage, list);
}

export type GroupDetail = {
  id: string;
  name: string;
  description: string;
  organizationId: string | null;
  organization: { name: string; slug: string } | null;
  /** Counted up to one more than `ownMemberCountLimit`. */
  members: number;
  /** Members and people invited to it, as the list of users shows them. */
  people: number;
  /** Open invitations that would add somebody. */
  invitations: Count;
  roles: { key: string; name: string; description: string }[];
};

/** A group with its roles. Throws not found outside the reader's scope. */
export async function getGroup(can: Can<'groups.read'>, id: string): Promise<GroupDetail> {
  if (!isId(id)) throw new Fail('not_found');
  const [group] = await can.read<Omit<GroupDetail, 'invitations'> & { invitations: number }>(sql`
    SELECT g.id, g.name, g.description, g.organization_id AS "organizationId",
           ${membersOf(ownMemberCountLimit)} AS members,
           (SELECT count(*)::int FROM (${peopleOf(sql`g.id`)} LIMIT ${ownMemberCountLimit + 1}::int) counted) AS people,
           (SELECT count(*)::int FROM (
              SELECT 1 FROM invitation_group ig JOIN invitation i ON i.id = ig.invitation_id AND i.state = 'open'
               WHERE ig.group_id = g.id LIMIT ${invitationCountLimit + 1}::int) named) AS invitations,
           (SELECT json_build_object('name', o.name, 'slug', o.slug) FROM organization o
             WHERE o.id = g.organization_id) AS organization,
           coalesce((SELECT json_agg(json_build_object('key', r.key, 'name', r.name, 'description', r.description)
                            ORDER BY r.name)
                       FROM group_role gr JOIN role r ON r.id = gr.role_id WHERE gr.group_id = g.id), '[]') AS roles
      FROM "group" g WHERE g.id = ${id}::uuid AND ${within(can, 'groups.read', sql`g.organization_id`)}`);
  if (!group) throw new Fail('not_found');
  return { ...group, invitations: boundedCount(group.invitations, invitationCountLimit) };
}

export function membersIn({ members }: Pick<GroupDetail, 'members'>): Count {
  return boundedCount(members, ownMemberCountLimit);
}

export function peopleIn({ people }: Pick<GroupDetail, 'people'>): Count {
  return boundedCount(people, ownMemberCountLimit);
}
