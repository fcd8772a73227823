import { isId } from '@/lib/ids';
import { type NameList, namesPerPage } from '@/lib/name-list';
import { cutPage } from '@/lib/page-cut';
import { namePage } from '@/server/db/names';
import { empty, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Can, Scope } from '@/server/work';

export type GroupRow = {
  id: string;
  name: string;
  nameKey: string;
  organization: string | null;
  organizationSlug: string | null;
  roles: string[];
  members: number;
};

export const groupMemberCountLimit = 10_000;

function inScope(scope: Scope) {
  return scope.all ? empty : sql`AND g.organization_id = ANY(${scope.organizationIds}::uuid[])`;
}

export async function listGroups(can: Can<'groups.read'>, list: NameList) {
  const { where, order } = namePage(sql`g`, list);
  const rows = await can.db.$queryRaw<GroupRow[]>`
    SELECT g.id, g.name, g.name_key AS "nameKey", o.name AS organization, o.slug AS "organizationSlug",
           coalesce((SELECT array_agg(r.name ORDER BY r.name) FROM group_role gr JOIN role r ON r.id = gr.role_id
                      WHERE gr.group_id = g.id), '{}') AS roles,
           (SELECT count(*)::int FROM (SELECT 1 FROM group_member gm WHERE gm.group_id = g.id
              LIMIT ${groupMemberCountLimit + 1}::int) counted) AS members
      FROM "group" g LEFT JOIN organization o ON o.id = g.organization_id
     WHERE true ${inScope(can.scope('groups.read'))} ${where}
     ORDER BY ${order} LIMIT ${namesPerPage + 1}::int`;
  return cutPage(rows, namesPerPage, list);
}

/** A group with its roles. Throws not found outside the reader's scope. */
export async function getGroup(can: Can<'groups.read'>, id: string) {
  if (!isId(id)) throw new Fail('not_found');
  const scope = can.scope('groups.read');
  const group = await can.db.group.findFirst({
    where: { id, ...(!scope.all && { organizationId: { in: scope.organizationIds } }) },
    include: {
      organization: { select: { name: true, slug: true } },
      roles: { include: { role: { select: { key: true, name: true, description: true } } } },
    },
  });
  if (!group) throw new Fail('not_found');
  return group;
}
