import { fitsScope, holdsAllOf } from '@/features/roles/grant.policy';
import { loadRoles } from '@/features/roles/list.queries';
import type { RoleChoice } from '@/features/roles/role-choices.policy';
import { resolveFilter } from '@/features/users/filter.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import type { UserRow } from '@/features/users/list-row-columns.queries';
import { listUserRows } from '@/features/users/list-rows.queries';
import { fieldLimits } from '@/lib/limits';
import { isText } from '@/lib/text';
import { holdsWords } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { narrowedTo, within } from '@/server/scope';
import type { Can } from '@/server/work';

export async function roleChoices(
  can: Can,
  organizationId: string | null,
  granted: readonly string[],
): Promise<RoleChoice[]> {
  const roles = await loadRoles(can);
  return roles
    .filter((role) => fitsScope(role, organizationId) || granted.includes(role.key))
    .map((role) => ({
      key: role.key,
      name: role.name,
      description: role.description,
      isGranted: granted.includes(role.key),
      isTheirs: holdsAllOf(can, role, organizationId),
    }));
}

export type OrganizationChoice = {
  id: string;
  name: string;
  slug: string;
  status: 'active' | 'inactive' | 'archived';
  isMember: boolean;
};

const choicesShown = 20;

export async function findOrganizations(can: Can<'memberships.create'>, userId: string, typed: string | undefined) {
  if (!can.may('memberships.create', null)) return { rows: [], hasMore: false };
  const q = (typed ?? '').trim().slice(0, fieldLimits.searchMaxChars);
  const rows = await can.read<OrganizationChoice>(sql`
    SELECT o.id, o.name, o.slug, o.status,
           EXISTS (SELECT 1 FROM membership m WHERE m.user_id = ${userId}::uuid AND m.organization_id = o.id) AS "isMember"
      FROM organization o
     WHERE o.status <> 'archived' AND ${within(can, 'memberships.create', sql`o.id`)}
       AND ${holdsWords(sql`(o.name_key || ' ' || o.slug)`, q)}
     ORDER BY o.name_key, o.id LIMIT ${choicesShown + 1}::int`);
  return { rows: rows.slice(0, choicesShown), hasMore: rows.length > choicesShown };
}

/** One organization by its slug. Null if there is none, or the reader may not add people to every organization. */
export async function findOrganization(can: Can<'memberships.create'>, slug: string | undefined) {
  if (slug === undefined || !isText(slug) || !can.may('memberships.create', null)) return null;
  const [found] = await can.read<Omit<OrganizationChoice, 'isMember'>>(sql`
    SELECT id, name, slug, status FROM organization
     WHERE slug = ${slug} AND ${within(can, 'memberships.create', sql`id`)}`);
  return found ?? null;
}

export type PersonChoice = Pick<UserRow, 'id' | 'email' | 'firstName' | 'lastName' | 'status' | 'organizations'> & {
  isMember: boolean;
};

/** People with `typed` in their name or address, by name. An empty search finds nobody. */
export async function findPeople(can: Can, organizationId: string, typed: string | undefined) {
  const reader = can.as('users.read');
  const q = (typed ?? '').trim().slice(0, fieldLimits.searchMaxChars);
  if (!reader?.may('users.read', null) || q === '') return { rows: [], hasMore: false };
  const matching = await resolveFilter(reader, parseUserFilter({ q, sort: 'name' }, 25));
  const { rows, older } = await listUserRows(reader, matching, { roles: false, organizations: true });
  const members = await reader.read<{ id: string }>(sql`
    SELECT m.user_id AS id FROM membership m WHERE m.user_id = ANY(${rows.map(({ id }) => id)}::uuid[])
       AND ${within(narrowedTo(reader, organizationId), 'users.read', sql`m.organization_id`)}`);
  const isMember = new Set(members.map(({ id }) => id));
  return { rows: rows.map((row) => ({ ...row, isMember: isMember.has(row.id) })), hasMore: older !== null };
}
