import { holdsPart } from '@/server/db/names';
import { empty, type Sql, sql } from '@/server/db/sql';
import type { Can } from '@/server/work';
import { choiceLimit, type UserFilter } from './list.schema';
import { commonCheck, type Matching, namedGroups } from './list-conditions.queries';

type Choice = { id: string; name: string };
export type FilterChoices = {
  roles: (Choice & { key: string })[];
  groups: Choice[];
  organizations: (Choice & { slug: string })[];
  teams: (Choice & { organization: string })[];
};

type Found = {
  roles: FilterChoices['roles'] | null;
  groupIds: string[];
  groups: Choice[] | null;
  organizations: FilterChoices['organizations'] | null;
  teams: FilterChoices['teams'] | null;
};

/** Runs before the list's own statement, because the planner knows how common a role is only from the role's id. */
export async function loadFilters(
  can: Can<'users.read'>,
  filter: UserFilter,
): Promise<{ choices: FilterChoices; matching: Matching }> {
  const scope = can.scope('users.read');
  const scopeIds = scope.all ? null : scope.organizationIds;
  const within = (column: ReturnType<typeof sql>) => (scopeIds ? sql`AND ${column} = ANY(${scopeIds}::uuid[])` : empty);
  const platform = scopeIds ? sql`AND r.scope <> 'platform'` : empty;
  const chosen = (value: string | null) => sql`${filter.isImpossible ? null : value}`;
  const named = (column: Sql, part: string) => (part ? sql`AND ${holdsPart(column, part)}` : empty);
  const { find } = filter;
  const [found] = await can.db.$queryRaw<Found[]>`
    SELECT
      (SELECT json_agg(c) FROM (
        SELECT r.id, r.key, r.name FROM role r WHERE true ${platform} ORDER BY r.name) c) AS roles,
      ARRAY(SELECT gr.group_id FROM group_role gr JOIN "group" g ON g.id = gr.group_id JOIN role r ON r.id = gr.role_id
             WHERE r.key = ${filter.role} ${within(sql`g.organization_id`)} LIMIT ${namedGroups + 1}::int) AS "groupIds",
      (SELECT json_agg(c) FROM (
        SELECT * FROM (
          (SELECT g.id, g.name FROM "group" g
            WHERE g.id = ${chosen(filter.group)}::uuid ${within(sql`g.organization_id`)})
          UNION
          (SELECT g.id, g.name FROM "group" g WHERE true ${within(sql`g.organization_id`)}
                 ${named(sql`g.name_key`, find.group)}
            ORDER BY g.name_key, g.id LIMIT ${choiceLimit}::int)) g) c) AS groups,
      (SELECT json_agg(c) FROM (
        SELECT * FROM (
          (SELECT o.id, o.name, o.slug FROM organization o
            WHERE o.slug = ${filter.organization} ${within(sql`o.id`)})
          UNION
          (SELECT o.id, o.name, o.slug FROM organization o WHERE true ${within(sql`o.id`)}
                 ${named(sql`o.name_key`, find.organization)}
            ORDER BY o.name_key, o.id LIMIT ${choiceLimit}::int)) o) c) AS organizations,
      (SELECT json_agg(c) FROM (
        SELECT t.id, t.name, o.name AS organization FROM team t JOIN organization o ON o.id = t.organization_id
         WHERE (o.slug = ${filter.organization} OR t.id = ${chosen(filter.team)}::uuid ${
           scopeIds ? sql`OR t.organization_id = ANY(${scopeIds}::uuid[])` : find.team ? sql`OR true` : empty
         }) ${within(sql`t.organization_id`)}
           AND (t.id = ${chosen(filter.team)}::uuid OR true ${named(sql`fold(t.name)`, find.team)})
         ORDER BY t.id = ${chosen(filter.team)}::uuid DESC NULLS LAST, o.name_key, t.name LIMIT ${choiceLimit}::int) c) AS teams`;
  const byName = (a: Choice, b: Choice) => a.name.localeCompare(b.name, 'en');
  const choices = {
    roles: found?.roles ?? [],
    groups: (found?.groups ?? []).toSorted(byName),
    organizations: (found?.organizations ?? []).toSorted(byName),
    teams: (found?.teams ?? []).toSorted(byName),
  };
  const matching = resolve(can, filter, choices, found?.groupIds ?? [], scopeIds);
  const check = matching.isNobody ? null : commonCheck(matching);
  const [checked] = check ? await can.db.$queryRaw<{ common: boolean[] }[]>(check) : [];
  return { choices, matching: { ...matching, common: checked?.common ?? [] } };
}

function resolve(
  can: Can<'users.read'>,
  filter: UserFilter,
  choices: FilterChoices,
  groupIds: string[],
  scopeIds: string[] | null,
): Matching {
  const organization = choices.organizations.find((each) => each.slug === filter.organization);
  const role = choices.roles.find((each) => each.key === filter.role);
  const isUnknown =
    (filter.organization !== null && !organization) ||
    (filter.role !== null && !role) ||
    (filter.group !== null && !choices.groups.some((each) => each.id === filter.group)) ||
    (filter.team !== null && !choices.teams.some((each) => each.id === filter.team));
  return {
    // Impossible values never reach the SQL: a group or team may not even be an id.
    filter: filter.isImpossible
      ? { ...filter, group: null, team: null, dormantDays: null, createdFrom: null, createdTo: null }
      : filter,
    organizationIds: organization ? [organization.id] : scopeIds,
    scopeIds,
    role: role ? { id: role.id, groupIds } : null,
    common: [],
    timeZone: can.timeZone,
    isNobody: filter.isImpossible || isUnknown || scopeIds?.length === 0,
  };
}
