import { holdsPart } from '@/server/db/names';
import { empty, type Sql, sql } from '@/server/db/sql';
import { reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { type Resolved, resolvedColumns, toMatching } from './filter.queries';
import { choiceLimit, type UserFilter } from './list.schema';
import type { Matching } from './list-sources.queries';

type Choice = { id: string; name: string };
export type FilterOptions = {
  roles: (Choice & { key: string })[];
  groups: Choice[];
  organizations: (Choice & { slug: string })[];
  teams: (Choice & { organization: string })[];
};

type Found = Resolved & { [K in keyof FilterOptions]: FilterOptions[K] | null };

/** What the page of the list offers in its filters. The same statement resolves the filter, so the page needs no other. */
export async function listFilterOptions(
  can: Can<'users.read'>,
  filter: UserFilter,
): Promise<{ options: FilterOptions; matching: Matching }> {
  const isPlatform = reachOf(can, 'users.read') === 'platform';
  const inside = (column: Sql) => within(can, 'users.read', column);
  const platform = isPlatform ? empty : sql`AND r.scope <> 'platform'`;
  const chosen = (value: string | null) => sql`${filter.isImpossible ? null : value}`;
  const named = (column: Sql, part: string) => (part ? sql`AND ${holdsPart(column, part)}` : empty);
  const { find } = filter;
  const [found] = await can.read<Found>(sql`
    SELECT ${resolvedColumns(can, filter)},
      (SELECT json_agg(c) FROM (
        SELECT r.id, r.key, r.name FROM role r WHERE true ${platform} ORDER BY r.name) c) AS roles,
      (SELECT json_agg(c) FROM (
        SELECT * FROM (
          (SELECT g.id, g.name FROM "group" g
            WHERE g.id = ${chosen(filter.group)}::uuid AND ${inside(sql`g.organization_id`)})
          UNION
          (SELECT g.id, g.name FROM "group" g WHERE ${inside(sql`g.organization_id`)}
                 ${named(sql`g.name_key`, find.group)}
            ORDER BY g.name_key, g.id LIMIT ${choiceLimit}::int)) g) c) AS groups,
      (SELECT json_agg(c) FROM (
        SELECT * FROM (
          (SELECT o.id, o.name, o.slug FROM organization o
            WHERE o.slug = ${filter.organization} AND ${inside(sql`o.id`)})
          UNION
          (SELECT o.id, o.name, o.slug FROM organization o WHERE ${inside(sql`o.id`)}
                 ${named(sql`o.name_key`, find.organization)}
            ORDER BY o.name_key, o.id LIMIT ${choiceLimit}::int)) o) c) AS organizations,
      (SELECT json_agg(c) FROM (
        SELECT t.id, t.name, o.name AS organization FROM team t JOIN organization o ON o.id = t.organization_id
         WHERE (o.slug = ${filter.organization} OR t.id = ${chosen(filter.team)}::uuid ${
           !isPlatform || find.team ? sql`OR true` : empty
         }) AND ${inside(sql`t.organization_id`)}
           AND (t.id = ${chosen(filter.team)}::uuid OR true ${named(sql`fold(t.name)`, find.team)})
         ORDER BY t.id = ${chosen(filter.team)}::uuid DESC NULLS LAST, o.name_key, t.name LIMIT ${choiceLimit}::int) c) AS teams`);
  if (!found) throw new Error('A statement without FROM always returns a row.');
  const byName = (a: Choice, b: Choice) => a.name.localeCompare(b.name, 'en');
  const options = {
    roles: found.roles ?? [],
    groups: (found.groups ?? []).toSorted(byName),
    organizations: (found.organizations ?? []).toSorted(byName),
    teams: (found.teams ?? []).toSorted(byName),
  };
  return { options, matching: await toMatching(can, filter, found) };
}
