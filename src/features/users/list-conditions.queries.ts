import { fold } from '@/lib/text';
import { onDays } from '@/server/db/days';
import { foldedLiteral } from '@/server/db/names';
import { empty, join, type Sql, sql } from '@/server/db/sql';
import type { UserFilter } from './list.schema';

/** A filter whose names were looked up: what the SQL of lists and counts is made from. */
export type Matching = {
  filter: UserFilter;
  /** Null reads the whole platform; otherwise memberships of these organizations, through their copies. */
  organizationIds: string[] | null;
  /** Null where every membership, group and team counts; otherwise those of the reader's organizations alone. */
  scopeIds: string[] | null;
  /** With the groups that hand it out, or with more than `namedGroups` of very many. */
  role: { id: string; groupIds: string[] } | null;
  /** Of role, group and team, those asked for: whether so many hold it that asking each person beats beginning with them. */
  common: boolean[];
  timeZone: string;
  /** Something was asked for that does not exist in the reader's scope. */
  isNobody: boolean;
};

/** What the planner thinks: how many people match, out of how many, and what finding them all would cost in its own measure. */
export type Estimate = { people: number; everybody: number; cost: number };

/** Where people are read from, as `p`. The id's column has another name in each table. */
export function sourceOf({ organizationIds }: Matching): { table: Sql; id: Sql } {
  if (!organizationIds) return { table: sql`"user" p`, id: sql`p.id` };
  return { table: sql`membership p`, id: sql`p.user_id` };
}

/** The organizations that are read, for `WHERE`. A single one is written as an equation, which an index can order. */
export function insideOf({ organizationIds }: Matching): Sql {
  if (!organizationIds) return sql`true`;
  if (organizationIds.length === 1) return sql`p.organization_id = ${organizationIds[0]}::uuid`;
  return sql`p.organization_id = ANY(${organizationIds}::uuid[])`;
}

/**
 * The filter as conditions on `p`. `each` asks for every row by itself and suits a walk along the order's index; `set`
 * lets the planner begin at the rare side; `own` leaves out what is common, of which the planner has no notion.
 */
export function conditionsOf(matching: Matching, id: Sql, way: 'each' | 'set' | 'own'): Sql {
  const { filter, isNobody } = matching;
  const conditions = [
    isNobody ? sql`false` : null,
    statusCondition(filter),
    searchCondition(filter.q),
    dormantCondition(filter),
    filter.neverSignedIn ? sql`p.last_sign_in_at IS NULL` : null,
    createdCondition(matching),
    ...holdings(matching).map((holders, index) => {
      if (way === 'each') return anyOf(holders, id);
      if (matching.common[index] === false) return sql`${id} IN (${everyone(holders)})`;
      return way === 'own' ? null : anyOf(holders, id);
    }),
  ].filter((condition) => condition !== null);
  return join(conditions, ' AND ');
}

export function statusCondition({ statuses }: UserFilter): Sql {
  if (statuses.length === 0) return sql`p.status < 'archived'`;
  if (statuses.length === 1) return sql`p.status = ${statuses[0]}::user_status`;
  return sql`p.status = ANY(${statuses}::user_status[])`;
}

/** Three in a row of what trigrams are made of: letters and digits of any script, and the signs that are stored as letters. */
const hasTrigram = /[\p{L}\p{N}\x20-\x7e]{3}/u;

/** Nothing is left to escape in a searchable text: signs are letters there. */
function searchCondition(q: string): Sql | null {
  if (q === '') return null;
  if (hasTrigram.test(fold(q))) return sql`p.search LIKE '%' || searchable(fold(${q}::text)) || '%'`;
  const beginning = sql`${foldedLiteral(q)} || '%'`;
  return sql`(p.email LIKE ${beginning} OR p.first_key LIKE ${beginning} OR p.last_key LIKE ${beginning})`;
}

export function dormantSince(days: number): Sql {
  return sql`app_now() - make_interval(days => ${days}::int)`;
}

/** Somebody who came yesterday is not dormant, so the account is as old as the silence: newest-first skips them all. */
function dormantCondition({ dormantDays }: UserFilter): Sql | null {
  if (dormantDays === null) return null;
  const since = dormantSince(dormantDays);
  return sql`p.created_at < ${since} AND (p.last_activity_at < ${since} OR p.last_activity_at IS NULL)`;
}

/** Days of the reader's calendar, both included. */
export function createdCondition({ filter: { createdFrom, createdTo }, timeZone }: Matching): Sql | null {
  const conditions = onDays(sql`p.created_at`, { from: createdFrom, to: createdTo }, timeZone);
  return conditions.length > 0 ? join(conditions, ' AND ') : null;
}

/** Rows `h` that name people, for one person or for all. */
type Holders = { table: Sql; where: Sql };

/** So many groups are named one by one; more are found by the role they hand out, or each look would try them all. */
export const namedGroups = 8;

/** For each filter on what somebody holds or belongs to: the tables that say so. */
function holdings({ filter, role, scopeIds }: Matching): Holders[][] {
  const within = (column: Sql) => (scopeIds ? sql`AND ${column} = ANY(${scopeIds}::uuid[])` : empty);
  const inScope = within(sql`h.organization_id`);
  const inGroups = (ids: string[]) => ({ table: sql`group_member h`, where: sql`h.group_id = ANY(${ids}::uuid[])` });
  const found: Holders[][] = [];
  if (role) {
    const handingOut = {
      table: sql`group_member h JOIN group_role gr ON gr.group_id = h.group_id JOIN "group" g ON g.id = h.group_id`,
      where: sql`gr.role_id = ${role.id}::uuid ${within(sql`g.organization_id`)}`,
    };
    const through = role.groupIds.length > namedGroups ? handingOut : inGroups(role.groupIds);
    const direct = { table: sql`user_role h`, where: sql`h.role_id = ${role.id}::uuid` };
    const inside = { table: sql`membership_role h`, where: sql`h.role_id = ${role.id}::uuid ${inScope}` };
    found.push([...(scopeIds ? [] : [direct]), ...(role.groupIds.length > 0 ? [through] : []), inside]);
  }
  if (filter.group) found.push([inGroups([filter.group])]);
  if (filter.team) found.push([{ table: sql`team_member h`, where: sql`h.team_id = ${filter.team}::uuid ${inScope}` }]);
  return found;
}

/** Inside organizations holders and people are joined as sets, which pays for longer than fetching people one by one. */
const commonHolders = { platform: 8_000, inside: 50_000 };

/** Tells of each, reading so many rows at most, whether it is common; null when nothing of the kind is asked for. */
export function commonCheck(matching: Matching): Sql | null {
  const found = holdings(matching);
  if (found.length === 0) return null;
  const limit = commonHolders[matching.scopeIds ? 'inside' : 'platform'];
  const each = found.map(
    (holders) => sql`(SELECT count(*) FROM (SELECT 1 FROM (${everyone(holders)}) holders
      LIMIT ${limit + 1}::int) counted) > ${limit}::int`,
  );
  return sql`SELECT ARRAY[${join(each)}] AS common`;
}

/** The holders of each thing asked for that is common. */
export function commonHoldings(matching: Matching): Sql[] {
  return holdings(matching)
    .filter((_, index) => matching.common[index] !== false)
    .map(everyone);
}

function everyone(holders: Holders[]): Sql {
  return join(
    holders.map(({ table, where }) => sql`SELECT h.user_id FROM ${table} WHERE ${where}`),
    ' UNION ALL ',
  );
}

/** Scalar look-ups instead of EXISTS, which the planner may hash: a million rows read to answer for fifty. */
function anyOf(holders: Holders[], id: Sql): Sql {
  const looks = holders.map(
    ({ table, where }) => sql`(SELECT true FROM ${table} WHERE h.user_id = ${id} AND ${where} LIMIT 1)`,
  );
  return sql`coalesce(${join(looks)}, false)`;
}
