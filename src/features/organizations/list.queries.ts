import { namesPerPage } from '@/lib/name-list';
import { cutPage } from '@/lib/page-cut';
import { isText } from '@/lib/text';
import { namePage } from '@/server/db/names';
import { type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { OrganizationList } from './list.schema';

export type OrganizationRow = {
  id: string;
  name: string;
  slug: string;
  status: 'active' | 'inactive' | 'archived';
  createdAt: Date;
  /** With open invitations, as in the list of its people. Counted up to one more than `memberCountLimit`. */
  members: number;
  nameKey: string;
};

export const memberCountLimit = 10_000;

const membersOf = (organizationId: Sql) => sql`
  (SELECT count(*)::int FROM (
     SELECT 1 FROM membership m WHERE m.organization_id = ${organizationId} AND m.status <> 'archived'
     UNION ALL SELECT 1 FROM invitation i WHERE i.organization_id = ${organizationId} AND i.state = 'open'
     LIMIT ${memberCountLimit + 1}::int) counted)`;

const inScope = (can: Can<'organizations.read'>) => within(can, 'organizations.read', sql`o.id`);

export async function listOrganizations(can: Can<'organizations.read'>, list: OrganizationList) {
  const { where, order } = namePage(sql`o`, list);
  // One condition for each, because an equality keeps the order of the index.
  const [status, ...others] = list.status ?? [];
  const shown =
    status && others.length === 0 ? sql`o.status = ${status}::organization_status` : sql`o.status <> 'archived'`;
  const rows = await can.read<OrganizationRow>(sql`
    SELECT o.id, o.name, o.slug, o.status, o.created_at AS "createdAt", o.name_key AS "nameKey",
           ${membersOf(sql`o.id`)} AS members
      FROM organization o
     WHERE ${shown} AND ${inScope(can)} ${where}
     ORDER BY ${order} LIMIT ${namesPerPage + 1}::int`);
  return cutPage(rows, namesPerPage, list);
}

export type OrganizationDetail = Pick<OrganizationRow, 'id' | 'name' | 'slug' | 'status' | 'createdAt'> & {
  teams: { id: string; name: string; members: number }[];
};

/** One organization with its first hundred teams. Throws not found outside the reader's scope. */
export async function getOrganization(can: Can<'organizations.read'>, slug: string): Promise<OrganizationDetail> {
  if (!isText(slug)) throw new Fail('not_found');
  const [organization] = await can.read<OrganizationDetail>(sql`
    SELECT o.id, o.name, o.slug, o.status, o.created_at AS "createdAt",
           coalesce((SELECT json_agg(t ORDER BY t.name) FROM (
             SELECT t.id, t.name, (SELECT count(*)::int FROM team_member tm
                            WHERE tm.organization_id = t.organization_id AND tm.team_id = t.id) AS members
               FROM team t WHERE t.organization_id = o.id ORDER BY t.name LIMIT 100) t), '[]') AS teams
      FROM organization o WHERE o.slug = ${slug} AND ${inScope(can)}`);
  if (!organization) throw new Fail('not_found');
  return organization;
}

export async function countMembers(can: Can, organizationId: string): Promise<number | null> {
  if (!can.may('users.read', organizationId)) return null;
  const [row] = await can.read<{ count: number }>(
    unscoped('the permission was checked for this organization'),
    sql`SELECT ${membersOf(sql`${organizationId}::uuid`)} AS count`,
  );
  return row?.count ?? 0;
}

export async function findOwnOrganization(can: Can): Promise<{ name: string; slug: string } | null> {
  const [id, ...others] = can.workplaces;
  if (!id || others.length > 0 || can.may('users.read', null)) return null;
  return can.read(unscoped('the one organization where the person may do anything'), (tables) =>
    tables.organization.findUnique({ where: { id }, select: { name: true, slug: true } }),
  );
}
