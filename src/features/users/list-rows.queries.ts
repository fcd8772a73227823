import { cutPage } from '@/lib/page-cut';
import { empty, join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { perOrganization, reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { type UserFilter, type UserStatus, writeUserCursor } from './list.schema';
import {
  conditionsOf,
  createdCondition,
  dormantSince,
  type Estimate,
  insideOf,
  isMixed,
  type Matching,
  readsEverybody,
  sourceOf,
  statusCondition,
} from './list-conditions.queries';
import { orderBy, orders, type Part, partsAhead, wholeOrder } from './list-order.queries';

export type UserRow = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  status: UserStatus;
  createdAt: Date;
  lastSignInAt: Date | null;
  lastActivityAt: Date | null;
  /** Deactivated or archived by the platform, and the reader is not on it. */
  isEndedByPlatform: boolean;
  roles: string[];
  organizations: string[];
};

export type UserPage = { rows: UserRow[]; newer: string | null; older: string | null };

/**
 * How many rows a walk along the index reads before it gives up: enough for filters that match one row in fifty. Rarer
 * matches are cheaper to collect from their own index and sort. Where collecting is expensive the walk is longer,
 * because matches may be spread thinly or start further on. Costs are in planner units: a random page read costs 4.
 */
const walkRows = 4_000;
const longWalkRows = 20_000;
const expensiveCost = 20_000;
/** Up to this many are collected without a walk, if the walk would end before it fills a page. */
const collectedAtOnce = 5_000;

/** How many rows to walk, by what collecting would cost; 0 where few match, because those are collected. */
export function walkFor(matching: Matching, estimate: Estimate | null): number {
  if (reachOf(matching.can, 'users.read') !== 'platform') return walkRows;
  if (matching.common.includes(false)) return 0;
  if (matching.common.includes(true) || (estimate?.cost ?? 0) > expensiveCost) return longWalkRows;
  if (!estimate || estimate.people > collectedAtOnce) return walkRows;
  return (walkRows * estimate.people) / Math.max(estimate.everybody, 1) > matching.filter.size ? walkRows : 0;
}

/** One page in one statement: ids first, then details for those alone. `effort` affects the speed, not the result. */
export async function listUserRows(
  can: Can<'users.read'>,
  matching: Matching,
  shown: { roles: boolean; organizations: boolean },
  effort = walkRows,
): Promise<UserPage> {
  const { filter } = matching;
  const rows = await can.read<ReadRow>(sql`
    ${pageOfIds(matching, effort)}
    SELECT u.id, u.email, u.first_name AS "firstName", u.last_name AS "lastName", u.phone, u.status,
           u.created_at AS "createdAt", u.last_sign_in_at AS "lastSignInAt", u.last_activity_at AS "lastActivityAt",
           ${isEndedByPlatform(can)} AS "isEndedByPlatform",
           ${shown.roles ? rolesOf(matching) : sql`'{}'::text[]`} AS roles,
           ${shown.organizations ? organizationsOf(matching) : sql`'{}'::text[]`} AS organizations,
           ${orders[filter.sort].keys[0]} AS key0, ${orders[filter.sort].keys[1] ?? sql`NULL`} AS key1
      FROM page p JOIN "user" u ON u.id = p.id
     ORDER BY ${wholeOrder(filter)}`);
  return pageOf(filter, rows);
}

function isEndedByPlatform(can: Can<'users.read'>): Sql {
  if (can.may('users.deactivate', null)) return sql`false`;
  return sql`(u.status = 'inactive' AND u.deactivated_by IS DISTINCT FROM 'organization'
              OR u.status = 'archived' AND u.archived_by IS DISTINCT FROM 'organization')`;
}

type ReadRow = UserRow & { key0: unknown; key1: unknown };

function pageOf(filter: UserFilter, read: ReadRow[]): UserPage {
  const { rows, previous, next } = cutPage(read, filter.size, filter);
  const { keys } = orders[filter.sort];
  const cursorOf = (row: ReadRow | null) =>
    row && writeUserCursor(filter.sort, { values: [row.key0, row.key1].slice(0, keys.length).map(asText), id: row.id });
  return {
    rows: rows.map(({ key0: _key0, key1: _key1, ...row }) => row),
    newer: cursorOf(previous),
    older: cursorOf(next),
  };
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** A single status leads the order where an index has this order inside each status. */
function ledBy(matching: Matching): { status: Sql | null; leading: Sql[] } {
  const { sort, statuses } = matching.filter;
  const hasIndex = sort === 'created' || (sort !== 'email' && sort !== 'status' && readsEverybody(matching));
  const [status, ...others] = statuses;
  if (!hasIndex || !status || others.length > 0) return { status: null, leading: [] };
  return { status: sql`${status}::user_status`, leading: [sql`p.status`] };
}

/** Conditions that the order's own index answers, so that the walk starts where matches can be. */
function alignedConditions(matching: Matching, part: Part): Sql {
  const { filter } = matching;
  const { sort, dormantDays } = filter;
  const conditions = [part.where];
  const { status } = ledBy(matching);
  // A range, so that only the index with the status has the order. With an equality the planner knows that the order
  // stays the same, so it may use the index without the status and throw most rows away.
  if (status) conditions.push(sql`p.status BETWEEN ${status} AND ${status}`);
  else if (sort === 'status') conditions.push(statusCondition(filter));
  if (sort === 'created') conditions.push(createdCondition(matching) ?? sql`true`);
  if (sort === 'created' && dormantDays) conditions.push(sql`p.created_at < ${dormantSince(dormantDays)}`);
  if (sort === 'lastActivity' && dormantDays && part.of === 'values') {
    conditions.push(sql`p.last_activity_at < ${dormantSince(dormantDays)}`);
  }
  return join(conditions, ' AND ');
}

const copied = sql`p.email, p.sort_name, p.search, p.first_key, p.last_key, p.status, p.created_at, p.last_sign_in_at,
  p.last_activity_at, p.version`;

/**
 * The next rows of one part in order, before any filter: at most `effort`. Each organization is a branch of its own
 * with a constant id, so that the planner knows its size. Merging the branches removes duplicates of people in several.
 */
function stretch(matching: Matching, part: Part, effort: number): ScopedSql {
  const { table, id } = sourceOf(matching);
  const { filter } = matching;
  const where = alignedConditions(matching, part);
  const { leading } = ledBy(matching);
  const branch = (inside: ScopedSql) => sql`
    SELECT ${id} AS id, ${copied} FROM ${table} WHERE ${inside} AND ${where}
     ORDER BY ${orderBy(filter, id, leading)} LIMIT ${effort}::int`;
  if (!isMixed(matching)) return branch(insideOf(matching));
  const places = perOrganization(matching.inside, 'users.read');
  const branches = places.map((inside) => sql`(${branch(insideOf({ inside }))})`);
  const order = orderBy(filter, sql`p.id`, leading);
  return sql`
    SELECT DISTINCT ON (${join([...leading, ...orders[filter.sort].keys, sql`p.id`])}) p.*
      FROM (${join(branches, ' UNION ALL ')}) p ORDER BY ${order} LIMIT ${effort}::int`;
}

/**
 * `page` has one row more than is shown. A walk along the order's index finds it for every filter that is not rare. If
 * the walk gives up, matches are collected through the filters' indexes and sorted. Postgres does not start the second
 * half when the first found enough, so no plan depends on estimates.
 */
function pageOfIds(matching: Matching, effort: number): ScopedSql {
  const { filter } = matching;
  const wanted = filter.size + 1;
  const placed = join([sql`p.id`, ...orders[filter.sort].keys]);
  const { table, id } = sourceOf(matching);
  const parts = partsAhead(filter, id);
  // No index has the version, so only the order's own index fits; the index for counting would be sorted whole.
  const each = sql`${conditionsOf(matching, sql`p.id`, 'each')} AND p.version > 0`;
  const { leading } = ledBy(matching);
  const walk = (part: Part) => sql`
    SELECT ${placed} FROM (${stretch(matching, part, effort)}) p WHERE ${each} ORDER BY ${orderBy(filter, sql`p.id`, leading)} LIMIT ${wanted}::int`;
  const isSeenWhole = (part: Part) =>
    sql`(SELECT count(*) < ${effort}::int FROM (${stretch(matching, part, effort)}) p)`;
  const [first, second] = parts;
  if (!first) throw new Error('A list has at least one part.');
  const ahead = join(
    parts.map(({ where }) => sql`(${where})`),
    ' OR ',
  );
  return sql`
    WITH first_walk AS MATERIALIZED (${walk(first)}),
    second_walk AS MATERIALIZED (${
      second
        ? sql`
      SELECT * FROM (${walk(second)}) p
       WHERE CASE WHEN (SELECT count(*) FROM first_walk) < ${wanted}::int THEN ${isSeenWhole(first)} ELSE false END`
        : sql`
      SELECT * FROM first_walk WHERE false`
    }),
    walked AS (SELECT * FROM first_walk UNION ALL SELECT * FROM second_walk),
    verdict AS MATERIALIZED (
      SELECT CASE WHEN (SELECT count(*) FROM walked) >= ${wanted}::int THEN true
             ELSE ${join(parts.map(isSeenWhole), ' AND ')} END AS is_enough),
    collected AS MATERIALIZED (
      SELECT ${readsEverybody(matching) ? empty : sql`DISTINCT ON (${id})`} ${id} AS id, ${join(orders[filter.sort].keys)} FROM ${table}
       WHERE NOT (SELECT is_enough FROM verdict) AND ${insideOf(matching)} AND (${ahead})
         AND ${conditionsOf(matching, id, 'set')}),
    page AS MATERIALIZED (
      SELECT * FROM (SELECT * FROM walked WHERE (SELECT is_enough FROM verdict) UNION ALL SELECT * FROM collected) p
       ORDER BY ${wholeOrder(filter)} LIMIT ${wanted}::int)`;
}

function rolesOf({ can }: Matching): Sql {
  const direct = sql`SELECT ur.role_id FROM user_role ur WHERE ur.user_id = u.id UNION ALL`;
  return sql`
    ARRAY(SELECT DISTINCT r.name FROM (
      ${reachOf(can, 'users.read') === 'platform' ? direct : empty}
      SELECT mr.role_id FROM membership_role mr WHERE mr.user_id = u.id AND ${within(can, 'users.read', sql`mr.organization_id`)}
      UNION ALL
      SELECT gr.role_id FROM group_member gm JOIN group_role gr ON gr.group_id = gm.group_id
        JOIN "group" g ON g.id = gm.group_id WHERE gm.user_id = u.id AND ${within(can, 'users.read', sql`g.organization_id`)}
    ) granted JOIN role r ON r.id = granted.role_id ORDER BY r.name)`;
}

function organizationsOf({ can }: Matching): Sql {
  return sql`
    ARRAY(SELECT o.name FROM membership m JOIN organization o ON o.id = m.organization_id
           WHERE m.user_id = u.id AND ${within(can, 'users.read', sql`m.organization_id`)} ORDER BY o.name_key)`;
}
