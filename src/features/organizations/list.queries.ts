import { type NameList, namesPerPage } from '@/lib/name-list';
import { cutPage } from '@/lib/page-cut';
import { isText } from '@/lib/text';
import { namePage } from '@/server/db/names';
import { empty, type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Can, Scope } from '@/server/work';

export type OrganizationRow = {
  id: string;
  name: string;
  slug: string;
  status: 'active' | 'inactive' | 'archived';
  createdAt: Date;
  /** Counted up to one more than `memberCountLimit`. */
  members: number;
  nameKey: string;
};

export const memberCountLimit = 10_000;

const membersOf = (organizationId: Sql) => sql`
  (SELECT count(*)::int FROM (SELECT 1 FROM membership m WHERE m.organization_id = ${organizationId}
      AND m.status <> 'archived' LIMIT ${memberCountLimit + 1}::int) counted)`;

function inScope(scope: Scope): Sql {
  return scope.all ? empty : sql`AND o.id = ANY(${scope.organizationIds}::uuid[])`;
}

export async function listOrganizations(can: Can<'organizations.read'>, list: NameList) {
  const { where, order } = namePage(sql`o`, list);
  const rows = await can.db.$queryRaw<OrganizationRow[]>`
    SELECT o.id, o.name, o.slug, o.status, o.created_at AS "createdAt", o.name_key AS "nameKey",
           ${membersOf(sql`o.id`)} AS members
      FROM organization o
     WHERE o.status <> 'archived' ${inScope(can.scope('organizations.read'))} ${where}
     ORDER BY ${order} LIMIT ${namesPerPage + 1}::int`;
  return cutPage(rows, namesPerPage, list);
}

/** One organization with its teams. Throws not found outside the reader's scope. */
export async function getOrganization(can: Can<'organizations.read'>, slug: string) {
  if (!isText(slug)) throw new Fail('not_found');
  const scope = can.scope('organizations.read');
  const organization = await can.db.organization.findFirst({
    where: { slug, ...(!scope.all && { id: { in: scope.organizationIds } }) },
    include: {
      teams: {
        orderBy: { name: 'asc' },
        take: 100,
        select: { id: true, name: true, _count: { select: { members: true } } },
      },
    },
  });
  if (!organization) throw new Fail('not_found');
  return organization;
}

export async function countMembers(can: Can, organizationId: string): Promise<number | null> {
  if (!can.may('users.read', organizationId)) return null;
  const [row] = await can.db.$queryRaw<{ count: number }[]>`SELECT ${membersOf(sql`${organizationId}::uuid`)} AS count`;
  return row?.count ?? 0;
}

export async function findOwnOrganization(can: Can): Promise<{ name: string; slug: string } | null> {
  const [id, ...others] = can.workplaces;
  if (!id || others.length > 0 || can.may('users.read', null)) return null;
  return can.db.organization.findUnique({ where: { id }, select: { name: true, slug: true } });
}
