import { loadRoles, type RoleWithPermissions } from '@/features/roles/list.queries';
import { isOnPlatform } from '@/features/users/manage-account.policy';
import { fold } from '@/lib/text';
import { grantsOf } from '@/server/auth/session';
import type { Tx } from '@/server/db/client';
import { type Sql, sql } from '@/server/db/sql';

export type FoundOrganization = { id: string; name: string; isActive: boolean };
export type FoundGroup = { id: string; organizationId: string | null; permissions: string[] };
export type OpenInvitation = {
  id: string;
  organizationId: string | null;
  firstName: string;
  lastName: string;
  roles: string[];
  groups: string[];
};

/** Somebody with an account, with everything a row is compared to. `grants` only where the importer's rank matters. */
export type Person = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  version: number;
  organizations: string[];
  memberRoles: [organizationId: string, roleId: string][];
  platformRoles: string[];
  /** Directly or through a group of the platform. */
  isOnPlatform: boolean;
  groups: string[];
  open: OpenInvitation[];
  grants: [permission: string, organizationId: string | null][];
};

/** What roles are called in files: name or key, any case, blanks and hyphens alike. */
export function roleKey(name: string): string {
  return fold(name.trim()).replace(/[\s_-]+/g, ' ');
}

export async function loadRolesByName(db: Tx): Promise<Map<string, RoleWithPermissions>> {
  const roles = await loadRoles(db);
  return new Map(roles.flatMap((role) => [[roleKey(role.name), role] as const, [roleKey(role.key), role] as const]));
}

/** Organizations by what a file calls them, name or slug. More than one found is an empty list's opposite: ambiguous. */
export async function findOrganizations(
  db: Tx,
  names: string[],
  only: string | null,
): Promise<Map<string, FoundOrganization[]>> {
  const found = new Map<string, FoundOrganization[]>(names.map((name) => [name, []]));
  if (names.length === 0) return found;
  const own = only === null ? sql`true` : sql`o.id = ${only}::uuid`;
  const rows = await db.$queryRaw<(FoundOrganization & { asked: string })[]>`
    WITH asked AS (SELECT unnest(${names}::text[]) AS name)
    SELECT a.name AS asked, o.id, o.name, o.status = 'active' AS "isActive"
      FROM asked a JOIN organization o ON o.name_key = fold(a.name) WHERE o.status <> 'archived' AND ${own}
    UNION
    SELECT a.name, o.id, o.name, o.status = 'active'
      FROM asked a JOIN organization o ON o.slug = lower(a.name) WHERE o.status <> 'archived' AND ${own}`;
  for (const { asked, ...organization } of rows) found.get(asked)?.push(organization);
  return found;
}

export type GroupAsked = { organizationId: string | null; name: string };

export const groupKey = (asked: GroupAsked) => `${asked.organizationId ?? ''}\n${asked.name}`;

/** Groups by name where they are asked for; `withPlatform` also finds those of the platform for an organization's row. */
export async function findGroups(db: Tx, asked: GroupAsked[], withPlatform: boolean): Promise<Map<string, FoundGroup>> {
  const found = new Map<string, FoundGroup>();
  if (asked.length === 0) return found;
  const rows = await db.$queryRaw<(FoundGroup & { place: string | null; asked: string })[]>`
    SELECT a.place, a.name AS asked, g.id, g.organization_id AS "organizationId",
           coalesce((SELECT array_agg(DISTINCT rp.permission) FROM group_role gr
                       JOIN role_permission rp ON rp.role_id = gr.role_id WHERE gr.group_id = g.id), '{}') AS permissions
      FROM jsonb_to_recordset(${JSON.stringify(asked.map(({ organizationId, name }) => ({ place: organizationId, name })))}::jsonb)
             AS a(place uuid, name text)
      JOIN "group" g ON g.name_key = fold(a.name)
       AND (g.organization_id IS NOT DISTINCT FROM a.place OR (${withPlatform} AND g.organization_id IS NULL))
     ORDER BY g.organization_id NULLS FIRST`;
  // An organization's own group comes last and so wins over the platform's of the same name.
  for (const { place, asked: name, ...group } of rows) found.set(groupKey({ organizationId: place, name }), group);
  return found;
}

/** The people behind these addresses, by address, in one statement. */
export async function findPeople(db: Tx, emails: string[], withGrants: boolean): Promise<Map<string, Person>> {
  if (emails.length === 0) return new Map();
  const grants = withGrants
    ? sql`(SELECT json_agg(json_build_array(permission, organization_id)) FROM (${grantsOf(sql`u.id`)}) g)`
    : sql`NULL::json`;
  const rows = await db.$queryRaw<Person[]>`
    SELECT u.id, u.email, u.first_name AS "firstName", u.last_name AS "lastName", u.phone, u.status, u.version,
           coalesce((SELECT array_agg(m.organization_id::text) FROM membership m WHERE m.user_id = u.id), '{}') AS organizations,
           coalesce((SELECT json_agg(json_build_array(r.organization_id, r.role_id)) FROM membership_role r
                      WHERE r.user_id = u.id), '[]') AS "memberRoles",
           coalesce((SELECT array_agg(r.role_id::text) FROM user_role r WHERE r.user_id = u.id), '{}') AS "platformRoles",
           ${isOnPlatform} AS "isOnPlatform",
           coalesce((SELECT array_agg(g.group_id::text) FROM group_member g WHERE g.user_id = u.id), '{}') AS groups,
           coalesce((SELECT json_agg(json_build_object('id', i.id, 'organizationId', i.organization_id,
                       'firstName', i.first_name, 'lastName', i.last_name,
                       'roles', (SELECT coalesce(json_agg(role_id), '[]') FROM invitation_role WHERE invitation_id = i.id),
                       'groups', (SELECT coalesce(json_agg(group_id), '[]') FROM invitation_group WHERE invitation_id = i.id)))
                       FROM invitation i WHERE i.user_id = u.id AND i.state = 'open'), '[]') AS open,
           coalesce(${grants}, '[]') AS grants
      FROM "user" u WHERE u.email = ANY(${emails}::text[])`;
  return new Map(rows.map((person) => [person.email, person]));
}

/** The next staged rows in the order of the file. */
export async function nextStagedRows(db: Tx, planId: string, after: number, size: number) {
  // Postgres has not counted a file that just came and would sort all the rest of it for every batch; the key is in order.
  await db.$executeRaw`SET LOCAL enable_sort = off`;
  const rows = await db.$queryRaw<{ n: number; fields: string[]; problem: string | null }[]>`
    SELECT n, fields, problem FROM upload_row WHERE plan_id = ${planId}::uuid AND n > ${after}::int
     ORDER BY n LIMIT ${size}::int`;
  await db.$executeRaw`SET LOCAL enable_sort = on`;
  return rows;
}

/** The row judging goes on after. */
export async function lastValidatedRow(db: Tx, planId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ last: number }[]>`
    SELECT coalesce(max(n), 0)::int AS last FROM plan_row WHERE plan_id = ${planId}::uuid`;
  return row?.last ?? 0;
}

export type Tally = { roles: string[]; groups: string[]; newGroups: number; someNewGroups: string[] };

/** What the whole file hands out, by the rows as they were judged. */
export async function tallyOf(db: Tx, planId: string): Promise<Tally> {
  const applying = sql`plan_id = ${planId}::uuid AND verdict IN ('create', 'update')`;
  const listed = (path: Sql) =>
    sql`SELECT DISTINCT jsonb_array_elements_text(coalesce(${path}, '[]')) COLLATE "C" AS v FROM plan_row WHERE ${applying}`;
  const [tally] = await db.$queryRaw<Tally[]>`
    WITH fresh AS MATERIALIZED (${listed(sql`change->'row'->'newGroups'`)})
    SELECT coalesce((SELECT array_agg(v ORDER BY v) FROM (${listed(sql`change->'addRoles'`)}) r), '{}') AS roles,
           coalesce((SELECT array_agg(v ORDER BY v) FROM (${listed(sql`change->'addGroups'`)}) g), '{}') AS groups,
           (SELECT count(*)::int FROM fresh) AS "newGroups",
           ARRAY(SELECT v FROM fresh ORDER BY v LIMIT ${namesKept}::int) AS "someNewGroups"`;
  if (!tally) throw new Error('An aggregate without a row.');
  return tally;
}

const namesKept = 20;

/** Whether rows name another organization and none that can be told apart names the importer's own. */
export async function isAnothersFile(db: Tx, planId: string, organizationAt: number): Promise<boolean> {
  const foreign = sql`p.plan_id = ${planId}::uuid AND p.reasons @> '[{"code": "organization_foreign"}]'`;
  const [found] = await db.$queryRaw<{ other: boolean; own: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM plan_row p WHERE ${foreign}) AS other,
           EXISTS (SELECT 1 FROM upload_row u WHERE u.plan_id = ${planId}::uuid AND ${organizationAt}::int >= 0
                      AND cardinality(u.fields) > ${organizationAt}::int
                      AND NOT EXISTS (SELECT 1 FROM plan_row p WHERE ${foreign} AND p.n = u.n)) AS own`;
  return found?.other === true && !found.own;
}
