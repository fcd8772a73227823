import { loadRoles, type RoleWithPermissions } from '@/features/roles/list.queries';
import { isOnPlatform } from '@/features/users/rank.queries';
import { fold } from '@/lib/text';
import { grantsOf } from '@/server/auth/grants';
import { type Sql, sql } from '@/server/db/sql';
import { narrowedTo, unscoped, within } from '@/server/scope';
import type { Can, Reads, Writes } from '@/server/work';

const everyAccount = unscoped('an address may have an account anywhere; the comparison hides those out of view');
const planOfJob = unscoped('rows of the plan that the job took up before');

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

/** An account with everything a row is compared to. `grants` is empty if the importer's rank does not matter. */
export type Person = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  version: number;
  /** Nobody confirmed its address, yet somebody knows its password. */
  isUnconfirmed: boolean;
  organizations: string[];
  memberRoles: [organizationId: string, roleId: string][];
  platformRoles: string[];
  isOnPlatform: boolean;
  groups: string[];
  open: OpenInvitation[];
  grants: [permission: string, organizationId: string | null][];
};

export function roleKey(name: string): string {
  return fold(name.trim()).replace(/[\s_-]+/g, ' ');
}

export async function loadRolesByName(can: Reads): Promise<Map<string, RoleWithPermissions>> {
  const roles = await loadRoles(can);
  return new Map(roles.flatMap((role) => [[roleKey(role.name), role] as const, [roleKey(role.key), role] as const]));
}

/** Organizations by their name or slug in the file. No match is an empty list, several make the name ambiguous. */
export async function findOrganizations(
  can: Can<'users.import'>,
  names: string[],
  only: string | null,
): Promise<Map<string, FoundOrganization[]>> {
  const found = new Map<string, FoundOrganization[]>(names.map((name) => [name, []]));
  if (names.length === 0) return found;
  const own = within(narrowedTo(can, only), 'users.import', sql`o.id`);
  const rows = await can.read<FoundOrganization & { wanted: string }>(sql`
    WITH wanted AS (SELECT unnest(${names}::text[]) AS name)
    SELECT w.name AS wanted, o.id, o.name, o.status = 'active' AS "isActive"
      FROM wanted w JOIN organization o ON o.name_key = fold(w.name) WHERE o.status <> 'archived' AND ${own}
    UNION
    SELECT w.name, o.id, o.name, o.status = 'active'
      FROM wanted w JOIN organization o ON o.slug = lower(w.name) WHERE o.status <> 'archived' AND ${own}`);
  for (const { wanted, ...organization } of rows) found.get(wanted)?.push(organization);
  return found;
}

export type GroupLookup = { organizationId: string | null; name: string };

export const groupKey = ({ organizationId, name }: GroupLookup) => `${organizationId ?? ''}\n${name}`;

/** Groups by place and name. `withPlatform` also finds the platform's groups for an organization's row. */
export async function findGroups(
  can: Can<'users.import'>,
  lookups: GroupLookup[],
  withPlatform: boolean,
): Promise<Map<string, FoundGroup>> {
  const found = new Map<string, FoundGroup>();
  if (lookups.length === 0) return found;
  const places = lookups.map(({ organizationId, name }) => ({ place: organizationId, name }));
  const rows = await can.read<FoundGroup & { place: string | null; wanted: string }>(sql`
    SELECT w.place, w.name AS wanted, g.id, g.organization_id AS "organizationId",
           coalesce((SELECT array_agg(DISTINCT rp.permission) FROM group_role gr
                       JOIN role_permission rp ON rp.role_id = gr.role_id WHERE gr.group_id = g.id), '{}') AS permissions
      FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
             AS w(place uuid, name text)
      JOIN "group" g ON g.name_key = fold(w.name)
       AND (g.organization_id IS NOT DISTINCT FROM w.place OR (${withPlatform} AND g.organization_id IS NULL))
     WHERE ${within(can, 'users.import', sql`g.organization_id`)}
     ORDER BY g.organization_id NULLS FIRST`);
  // An organization's own group comes last, so it wins over a platform group of the same name.
  for (const { place, wanted: name, ...group } of rows) found.set(groupKey({ organizationId: place, name }), group);
  return found;
}

export async function findPeople(can: Reads, emails: string[], withGrants: boolean): Promise<Map<string, Person>> {
  if (emails.length === 0) return new Map();
  const grants = withGrants
    ? sql`(SELECT json_agg(json_build_array(permission, organization_id)) FROM (${grantsOf(sql`u.id`)}) g)`
    : sql`NULL::json`;
  const rows = await can.read<Person>(
    everyAccount,
    sql`
      SELECT u.id, u.email, u.first_name AS "firstName", u.last_name AS "lastName", u.phone, u.status, u.version,
             u.email_verified_at IS NULL AND EXISTS (SELECT FROM credential c WHERE c.user_id = u.id) AS "isUnconfirmed",
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
        FROM "user" u WHERE u.email = ANY(${emails}::text[])`,
  );
  return new Map(rows.map((person) => [person.email, person]));
}

export async function nextStagedRows(work: Writes, planId: string, after: number, size: number) {
  // Postgres has no statistics for a new file yet and would sort the rest of it for every batch. The key is in order.
  await work.write(planOfJob, sql`SET LOCAL enable_sort = off`);
  const rows = await work.read<{ n: number; fields: string[]; problem: string | null }>(
    planOfJob,
    sql`
      SELECT n, fields, problem FROM upload_row WHERE plan_id = ${planId}::uuid AND n > ${after}::int
       ORDER BY n LIMIT ${size}::int`,
  );
  await work.write(planOfJob, sql`SET LOCAL enable_sort = on`);
  return rows;
}

export async function lastValidatedRow(can: Reads, planId: string): Promise<number> {
  const [row] = await can.read<{ last: number }>(
    planOfJob,
    sql`
      SELECT coalesce(max(n), 0)::int AS last FROM plan_row WHERE plan_id = ${planId}::uuid`,
  );
  return row?.last ?? 0;
}

export type Tally = { roles: string[]; groups: string[]; newGroups: number; someNewGroups: string[] };

export async function tallyOf(can: Reads, planId: string): Promise<Tally> {
  const applying = sql`plan_id = ${planId}::uuid AND verdict IN ('create', 'update')`;
  const listed = (path: Sql) =>
    sql`SELECT DISTINCT jsonb_array_elements_text(coalesce(${path}, '[]')) COLLATE "C" AS v FROM plan_row WHERE ${applying}`;
  const [tally] = await can.read<Tally>(
    planOfJob,
    sql`
      WITH fresh AS MATERIALIZED (${listed(sql`change->'row'->'newGroups'`)})
      SELECT coalesce((SELECT array_agg(v ORDER BY v) FROM (${listed(sql`change->'addRoles'`)}) r), '{}') AS roles,
             coalesce((SELECT array_agg(v ORDER BY v) FROM (${listed(sql`change->'addGroups'`)}) g), '{}') AS groups,
             (SELECT count(*)::int FROM fresh) AS "newGroups",
             ARRAY(SELECT v FROM fresh ORDER BY v LIMIT ${namesKept}::int) AS "someNewGroups"`,
  );
  if (!tally) throw new Error('The aggregate returned no row.');
  return tally;
}

const namesKept = 20;

export async function isAnothersFile(can: Reads, planId: string, organizationAt: number): Promise<boolean> {
  const foreign = sql`p.plan_id = ${planId}::uuid AND p.reasons @> '[{"code": "organization_foreign"}]'`;
  const [found] = await can.read<{ other: boolean; own: boolean }>(
    planOfJob,
    sql`
      SELECT EXISTS (SELECT 1 FROM plan_row p WHERE ${foreign}) AS other,
             EXISTS (SELECT 1 FROM upload_row u WHERE u.plan_id = ${planId}::uuid AND ${organizationAt}::int >= 0
                        AND cardinality(u.fields) > ${organizationAt}::int
                        AND NOT EXISTS (SELECT 1 FROM plan_row p WHERE ${foreign} AND p.n = u.n)) AS own`,
  );
  return found?.other === true && !found.own;
}
