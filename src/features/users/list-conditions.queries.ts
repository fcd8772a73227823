import { onDays } from '@/server/db/days';
import { searchCondition } from '@/server/db/search';
import { join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { UserFilter } from './list.schema';

export type Matching = {
  filter: UserFilter;
  /** Whose memberships, groups and teams count. */
  can: Can<'users.read'>;
  /** Who is read: the same, or narrowed to the organization of the filter. */
  inside: Can<'users.read'>;
  /** With the groups that grant it: all of them, or more than `namedGroups` if there are very many. */
  role: { id: string; groupIds: string[] } | null;
  /** For each filter by role, group or team: whether so many people match that checking each row is faster. */
  common: boolean[];
  timeZone: string;
  isNobody: boolean;
};

/** The planner's estimate: how many people match, out of how many, and the cost of finding them in planner units. */
export type Estimate = { people: number; everybody: number; cost: number };

/** The table that people are read from, as `p`, and the column of their id in it. */
export function sourceOf(matching: Matching): { table: Sql; id: Sql } {
  if (readsEverybody(matching)) return { table: sql`"user" p`, id: sql`p.id` };
  return { table: sql`membership p`, id: sql`p.user_id` };
}

/** The whole platform, from the accounts; otherwise from the copies in memberships. */
export function readsEverybody({ inside }: Matching): boolean {
  return reachOf(inside, 'users.read') === 'platform';
}

/** A person can be found more than once. */
export function isMixed({ inside }: Matching): boolean {
  return reachOf(inside, 'users.read') === 'several';
}

export function insideOf({ inside }: Pick<Matching, 'inside'>): ScopedSql {
  return within(inside, 'users.read', sql`p.organization_id`);
}

/**
 * The filter as conditions on `p`. `each` checks every row by itself, for a walk along the index of the order. `set`
 * lets the planner start from the rarest filter. `own` leaves out common roles, groups and teams, which the planner
 * cannot estimate.
 */
export function conditionsOf(matching: Matching, id: Sql, way: 'each' | 'set' | 'own'): Sql {
  const { filter, isNobody } = matching;
  const conditions = [
    isNobody ? sql`false` : null,
    statusCondition(filter),
    personSearch(filter.q),
    dormantCondition(filter),
    filter.neverSignedIn ? sql`p.last_sign_in_at IS NULL` : null,
    createdCondition(matching),
    ...holdersByFilter(matching).map((holders, index) => {
      if (way === 'each') return anyOf(holders, id);
      if (matching.common[index] === false) return sql`${id} IN (${everyone(holders)})`;
      return way === 'own' ? null : anyOf(holders, id);
    }),
  ].filter((condition) => condition !== null);
  return join(conditions, ' AND ');
}

/** A search also finds archived people. */
export function statusCondition({ q, statuses }: Pick<UserFilter, 'q' | 'statuses'>): Sql {
  if (statuses.length === 0) return q === '' ? sql`p.status < 'archived'` : sql`true`;
  if (statuses.length === 1) return sql`p.status = ${statuses[0]}::user_status`;
  return sql`p.status = ANY(${statuses}::user_status[])`;
}

/** The same columns in `"user"` and in the copies of `membership`. */
export function personSearch(q: string): Sql | null {
  return searchCondition(q, {
    text: sql`p.search`,
    starts: [sql`p.email`, sql`p.first_key`, sql`p.last_key`],
  });
}

export function dormantSince(days: number): Sql {
  return sql`app_now() - make_interval(days => ${days}::int)`;
}

/** A new account is not dormant yet. The condition on its age also lets newest-first skip recent accounts. */
function dormantCondition({ dormantDays }: UserFilter): Sql | null {
  if (dormantDays === null) return null;
  const since = dormantSince(dormantDays);
  return sql`p.created_at < ${since} AND (p.last_activity_at < ${since} OR p.last_activity_at IS NULL)`;
}

export function createdCondition({ filter: { createdFrom, createdTo }, timeZone }: Matching): Sql | null {
  const conditions = onDays(sql`p.created_at`, { from: createdFrom, to: createdTo }, timeZone);
  return conditions.length > 0 ? join(conditions, ' AND ') : null;
}

type Holders = { table: Sql; where: Sql };

/** With more groups than this, people are found by the role instead: each lookup would try every group. */
export const namedGroups = 8;

function holdersByFilter({ filter, role, can }: Matching): Holders[][] {
  const inScope = within(can, 'users.read', sql`h.organization_id`);
  const inGroups = (ids: string[]) => ({ table: sql`group_member h`, where: sql`h.group_id = ANY(${ids}::uuid[])` });
  const found: Holders[][] = [];
  if (role) {
    const throughRole = {
      table: sql`group_member h JOIN group_role gr ON gr.group_id = h.group_id JOIN "group" g ON g.id = h.group_id`,
      where: sql`gr.role_id = ${role.id}::uuid AND ${within(can, 'users.read', sql`g.organization_id`)}`,
    };
    const through = role.groupIds.length > namedGroups ? throughRole : inGroups(role.groupIds);
    const direct = { table: sql`user_role h`, where: sql`h.role_id = ${role.id}::uuid` };
    const inside = { table: sql`membership_role h`, where: sql`h.role_id = ${role.id}::uuid AND ${inScope}` };
    found.push([
      ...(reachOf(can, 'users.read') === 'platform' ? [direct] : []),
      ...(role.groupIds.length > 0 ? [through] : []),
      inside,
    ]);
  }
  if (filter.group) found.push([inGroups([filter.group])]);
  if (filter.team) {
    // The key begins with the organization, which the filter does not name.
    const place = sql`(SELECT t.organization_id FROM team t WHERE t.id = ${filter.team}::uuid)`;
    const inTeam = sql`h.organization_id = ${place} AND h.team_id = ${filter.team}::uuid AND ${inScope}`;
    found.push([{ table: sql`team_member h`, where: inTeam }]);
  }
  return found;
}

/** Higher inside organizations: holders and people are joined as sets there, which stays cheap for longer. */
const commonHolders = { platform: 8_000, inside: 50_000 };

/** A query for `Matching.common` that reads a bounded number of rows; null without a filter by role, group or team. */
export function commonCheck(matching: Matching): Sql | null {
  const filters = holdersByFilter(matching);
  if (filters.length === 0) return null;
  const limit = commonHolders[reachOf(matching.can, 'users.read') === 'platform' ? 'platform' : 'inside'];
  const each = filters.map(
    (holders) => sql`(SELECT count(*) FROM (SELECT 1 FROM (${everyone(holders)}) holders
      LIMIT ${limit + 1}::int) counted) > ${limit}::int`,
  );
  return sql`SELECT ARRAY[${join(each)}] AS common`;
}

export function commonHolderQueries(matching: Matching): Sql[] {
  return holdersByFilter(matching)
    .filter((_, index) => matching.common[index] !== false)
    .map(everyone);
}

function everyone(holders: Holders[]): Sql {
  return join(
    holders.map(({ table, where }) => sql`SELECT h.user_id FROM ${table} WHERE ${where}`),
    ' UNION ALL ',
  );
}

/** Scalar lookups instead of EXISTS, which the planner may hash: it would read a million rows to check fifty. */
function anyOf(holders: Holders[], id: Sql): Sql {
  const lookups = holders.map(
    ({ table, where }) => sql`(SELECT true FROM ${table} WHERE h.user_id = ${id} AND ${where} LIMIT 1)`,
  );
  return sql`coalesce(${join(lookups)}, false)`;
}
