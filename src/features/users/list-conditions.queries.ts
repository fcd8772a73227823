import { onDays } from '@/server/db/days';
import { searchCondition } from '@/server/db/search';
import { join, type Sql, sql } from '@/server/db/sql';
import { reachOf, within } from '@/server/scope';
import type { UserFilter } from './list.schema';
import type { Matching, Source } from './list-sources.queries';

/** The planner's estimate: how many people match, out of how many, and the cost of finding them in planner units. */
export type Estimate = { people: number; everybody: number; cost: number };

/**
 * The filter as conditions on `p`, a row of a source. `each` checks every row by itself, for a walk along the index of the order. `set`
 * lets the planner start from the rarest filter. `own` leaves out common roles, groups and teams, which the planner
 * cannot estimate.
 */
export function conditionsOf(
  matching: Matching,
  source: Pick<Source, 'kind' | 'id'>,
  way: 'each' | 'set' | 'own',
): Sql {
  const { filter, isNobody } = matching;
  const { id, kind } = source;
  const conditions = [
    isNobody ? sql`false` : null,
    statusCondition(filter),
    personSearch(filter.q, kind),
    dormantCondition(filter),
    filter.neverSignedIn ? sql`p.last_sign_in_at IS NULL` : null,
    createdCondition(matching),
    ...holdersByFilter(matching, kind).map((holders, index) => {
      // An organization has few open invitations, and a role may be in very many of all of them.
      if (way === 'each' || kind === 'invitation') return anyOf(holders, id);
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

/** The same columns in `"user"` and in the copies of `membership`; the text of an invitation needs no others. */
export function personSearch(q: string, kind: Source['kind']): Sql | null {
  const starts = kind === 'person' ? [sql`p.email`, sql`p.first_key`, sql`p.last_key`] : [];
  return searchCondition(q, { text: sql`p.search`, starts });
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

type Holders = { key: Sql; table: Sql; where: Sql };

/** With more groups than this, people are found by the role instead: each lookup would try every group. */
export const namedGroups = 8;

function holdersByFilter(matching: Matching, kind: Source['kind']): Holders[][] {
  const { filter, role } = matching;
  const found: Holders[][] = [];
  if (kind === 'invitation') {
    if (role) found.push(pendingHolders(matching, 'invitation', { role }));
    if (filter.group) found.push(pendingHolders(matching, 'invitation', { group: filter.group }));
    return found;
  }
  if (role) found.push(roleHolders(matching, role));
  if (filter.group) found.push([...inGroups([filter.group]), ...pendingOnPlatform(matching, { group: filter.group })]);
  if (filter.team) {
    // The key begins with the organization, which the filter does not name.
    const place = sql`(SELECT t.organization_id FROM team t WHERE t.id = ${filter.team}::uuid)`;
    const inScope = within(matching.can, 'users.read', sql`h.organization_id`);
    const inTeam = sql`h.organization_id = ${place} AND h.team_id = ${filter.team}::uuid AND ${inScope}`;
    found.push([{ key: sql`h.user_id`, table: sql`team_member h`, where: inTeam }]);
  }
  return found;
}

const inGroups = (ids: string[]): Holders[] => [
  { key: sql`h.user_id`, table: sql`group_member h`, where: sql`h.group_id = ANY(${ids}::uuid[])` },
];

function roleHolders(matching: Matching, role: NonNullable<Matching['role']>): Holders[] {
  const { can } = matching;
  const key = sql`h.user_id`;
  const isRole = sql`h.role_id = ${role.id}::uuid`;
  const throughRole = {
    key,
    table: sql`group_member h JOIN group_role gr ON gr.group_id = h.group_id JOIN "group" g ON g.id = h.group_id`,
    where: sql`gr.role_id = ${role.id}::uuid AND ${within(can, 'users.read', sql`g.organization_id`)}`,
  };
  const through = role.groupIds.length > namedGroups ? [throughRole] : inGroups(role.groupIds);
  const inScope = within(can, 'users.read', sql`h.organization_id`);
  return [
    ...(reachOf(can, 'users.read') === 'platform' ? [{ key, table: sql`user_role h`, where: isRole }] : []),
    ...(role.groupIds.length > 0 ? through : []),
    { key, table: sql`membership_role h`, where: sql`${isRole} AND ${inScope}` },
    ...pendingOnPlatform(matching, { role }),
  ];
}

type Granted = { role: NonNullable<Matching['role']> } | { group: string };

/** Inside organizations an invitation is a row of its own, and leads to no account. */
function pendingOnPlatform(matching: Matching, granted: Granted): Holders[] {
  return reachOf(matching.can, 'users.read') === 'platform' ? pendingHolders(matching, 'person', granted) : [];
}

/** What waits in open invitations. A row that is an invitation is known to be open. */
function pendingHolders({ can }: Matching, kind: Source['kind'], granted: Granted): Holders[] {
  const holders = (grants: Sql, where: Sql): Holders =>
    kind === 'person'
      ? {
          key: sql`h.user_id`,
          table: sql`invitation h JOIN ${grants} ON ig.invitation_id = h.id`,
          where: sql`${where} AND h.state = 'open'`,
        }
      : { key: sql`ig.invitation_id`, table: grants, where };
  const groups = 'group' in granted ? [granted.group] : granted.role.groupIds;
  const throughGroup = holders(sql`invitation_group ig`, sql`ig.group_id = ANY(${groups}::uuid[])`);
  if ('group' in granted) return [throughGroup];
  const isRole = (column: Sql) => sql`${column} = ${granted.role.id}::uuid`;
  const direct = holders(sql`invitation_role ig`, isRole(sql`ig.role_id`));
  if (groups.length === 0) return [direct];
  if (groups.length <= namedGroups) return [direct, throughGroup];
  const inScope = within(can, 'users.read', sql`g.organization_id`);
  const joined = sql`(invitation_group ig JOIN group_role gr ON gr.group_id = ig.group_id JOIN "group" g ON g.id = ig.group_id)`;
  return [direct, holders(joined, sql`${isRole(sql`gr.role_id`)} AND ${inScope}`)];
}

/** Higher inside organizations: holders and people are joined as sets there, which stays cheap for longer. */
const commonHolders = { platform: 8_000, inside: 50_000 };

/** A query for `Matching.common` that reads a bounded number of rows; null without a filter by role, group or team. */
export function commonCheck(matching: Matching): Sql | null {
  const filters = holdersByFilter(matching, 'person');
  if (filters.length === 0) return null;
  const limit = commonHolders[reachOf(matching.can, 'users.read') === 'platform' ? 'platform' : 'inside'];
  const each = filters.map(
    (holders) => sql`(SELECT count(*) FROM (SELECT 1 FROM (${everyone(holders)}) holders
      LIMIT ${limit + 1}::int) counted) > ${limit}::int`,
  );
  return sql`SELECT ARRAY[${join(each)}] AS common`;
}

export function commonHolderQueries(matching: Matching): Sql[] {
  return holdersByFilter(matching, 'person')
    .filter((_, index) => matching.common[index] !== false)
    .map(everyone);
}

function everyone(holders: Holders[]): Sql {
  return join(
    holders.map(({ key, table, where }) => sql`SELECT ${key} FROM ${table} WHERE ${where}`),
    ' UNION ALL ',
  );
}

/** Scalar lookups instead of EXISTS, which the planner may hash: it would read a million rows to check fifty. */
function anyOf(holders: Holders[], id: Sql): Sql {
  const lookups = holders.map(
    ({ key, table, where }) => sql`(SELECT true FROM ${table} WHERE ${key} = ${id} AND ${where} LIMIT 1)`,
  );
  return sql`coalesce(${join(lookups)}, false)`;
}
