import { holdsWords } from '@/server/db/names';
import { empty, type Sql, sql } from '@/server/db/sql';
import { reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { type Resolved, resolvedColumns, toMatching } from './filter.queries';
import { type Choosable, choiceLimit, type UserFilter } from './list.schema';
import type { Matching } from './list-sources.queries';

type Choice = { id: string; name: string };
export type FilterOptions = {
  roles: (Choice & { key: string })[];
  groups: Choice[];
  organizations: (Choice & { slug: string })[];
  teams: (Choice & { organization: string })[];
  /** Whether there is anything to choose from. */
  offers: { group: boolean; organization: boolean; team: boolean };
};

type Found = Resolved & { [K in keyof FilterOptions]: FilterOptions[K] | null };

/**
 * What the filters offer: the choices of the opened one, and of the others what is chosen. The same statement resolves
 * the filter, so the page needs no other.
 */
export async function listFilterOptions(
  can: Can<'users.read'>,
  filter: UserFilter,
): Promise<{ options: FilterOptions; matching: Matching }> {
  const isPlatform = reachOf(can, 'users.read') === 'platform';
  const inside = (column: Sql) => within(can, 'users.read', column);
  const platform = isPlatform ? empty : sql`AND r.scope <> 'platform'`;
  const chosen = (value: string | null) => sql`${filter.isImpossible ? null : value}`;
  const named = (column: Sql, part: string) => (part ? sql`AND ${holdsWords(column, part)}` : empty);
  const { find, choosing } = filter;
  const limitOf = (name: Choosable) => sql`${choosing === name ? choiceLimit : 0}::int`;
  const [found] = await can.read<Found>(sql`
    SELECT ${resolvedColumns(can, filter)},
      (SELECT json_agg(c) FROM (
        SELECT r.id, r.key, r.name FROM role r
         WHERE (${choosing === 'role'}::boolean OR r.key = ${filter.role}) ${platform} ORDER BY r.name) c) AS roles,
      (SELECT json_agg(c) FROM (
        SELECT * FROM (
          (SELECT g.id, g.name FROM "group" g
            WHERE g.id = ${chosen(filter.group)}::uuid AND ${inside(sql`g.organization_id`)})
          UNION
          (SELECT g.id, g.name FROM "group" g WHERE ${inside(sql`g.organization_id`)}
                 ${named(sql`g.name_key`, find.group)}
            ORDER BY g.name_key, g.id LIMIT ${limitOf('group')})) g) c) AS groups,
      (SELECT json_agg(c) FROM (
        SELECT * FROM (
          (SELECT o.id, o.name, o.slug FROM organization o
            WHERE o.slug = ${filter.organization} AND ${inside(sql`o.id`)})
          UNION
          (SELECT o.id, o.name, o.slug FROM organization o WHERE ${inside(sql`o.id`)}
                 ${named(sql`o.name_key`, find.organization)}
            ORDER BY o.name_key, o.id LIMIT ${limitOf('organization')})) o) c) AS organizations,
      (SELECT json_agg(c) FROM (
        SELECT * FROM (
          (SELECT t.id, t.name, o.name AS organization, 0 AS place FROM team t JOIN organization o ON o.id = t.organization_id
            WHERE t.id = ${chosen(filter.team)}::uuid AND ${inside(sql`t.organization_id`)})
          UNION ALL
          (SELECT t.id, t.name, o.name AS organization, 1 AS place FROM team t JOIN organization o ON o.id = t.organization_id
            WHERE ${filter.organization === null ? sql`true` : sql`o.slug = ${filter.organization}`}
              AND t.id IS DISTINCT FROM ${chosen(filter.team)}::uuid AND ${inside(sql`t.organization_id`)}
              ${named(sql`fold(t.name)`, find.team)}
            ORDER BY o.name_key, t.name, t.id LIMIT ${limitOf('team')})) t ORDER BY place) c) AS teams,
      json_build_object(
        'group', EXISTS (SELECT FROM "group" g WHERE ${inside(sql`g.organization_id`)}),
        'organization', (SELECT count(*) > 1 FROM (SELECT FROM organization o WHERE ${inside(sql`o.id`)} LIMIT 2) o),
        'team', EXISTS (SELECT FROM team t WHERE ${inside(sql`t.organization_id`)})) AS offers`);
  if (!found) throw new Error('A statement without FROM always returns a row.');
  const byName = (a: Choice, b: Choice) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);
  const options = {
    roles: found.roles ?? [],
    groups: (found.groups ?? []).toSorted(byName),
    organizations: (found.organizations ?? []).toSorted(byName),
    teams: (found.teams ?? []).toSorted(byName),
    offers: found.offers ?? { group: false, organization: false, team: false },
  };
  return { options, matching: await toMatching(can, filter, found) };
}
