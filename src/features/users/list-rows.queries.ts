import { cutPage } from '@/lib/page-cut';
import { empty, join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { reachOf } from '@/server/scope';
import type { Can } from '@/server/work';
import { type UserFilter, writeUserCursor } from './list.schema';
import {
  conditionsOf,
  createdCondition,
  dormantSince,
  type Estimate,
  statusCondition,
} from './list-conditions.queries';
import { orderBy, orders, type Part, partsAhead, wholeOrder } from './list-order.queries';
import { type ShownColumns, shownOf, type UserRow } from './list-row-columns.queries';
import {
  columnsOf,
  isMixed,
  type Matching,
  readsEverybody,
  type Source,
  sourcesByPlace,
  sourcesOf,
} from './list-sources.queries';

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
  shown: ShownColumns,
  effort = walkRows,
): Promise<UserPage> {
  const { filter } = matching;
  const { columns, joins } = shownOf(matching, shown);
  const rows = await can.read<ReadRow>(sql`
    ${pageOfIds(matching, effort)}
    SELECT ${columns}, ${orders[filter.sort].keys[0]} AS key0, ${orders[filter.sort].keys[1] ?? sql`NULL`} AS key1
      FROM page p ${joins}
     ORDER BY ${wholeOrder(filter)}`);
  return pageOf(filter, rows);
}

type ReadRow = Omit<UserRow, 'href'> & { mayOpen: boolean; key0: unknown; key1: unknown };

function pageOf(filter: UserFilter, read: ReadRow[]): UserPage {
  const { rows, previous, next } = cutPage(read, filter.size, filter);
  const { keys } = orders[filter.sort];
  const cursorOf = (row: ReadRow | null) =>
    row && writeUserCursor(filter.sort, { values: [row.key0, row.key1].slice(0, keys.length).map(asText), id: row.id });
  return {
    rows: rows.map(({ key0: _key0, key1: _key1, mayOpen, ...row }) => ({
      ...row,
      href: row.isInvitation ? (mayOpen ? `/invitations/${row.id}` : null) : `/users/${row.id}`,
    })),
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
  // Members have another status, and open invitations no index with one.
  const isInvitations = status === 'invited' && !readsEverybody(matching);
  return { status: sql`${status}::user_status`, leading: isInvitations ? [] : [sql`p.status`] };
}

/** Conditions that the order's own index answers, so that the walk starts where matches can be. */
function alignedConditions(matching: Matching, part: Part): Sql {
  const { filter } = matching;
  const { sort, dormantDays } = filter;
  const conditions: Sql[] = [];
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
  return conditions.length > 0 ? join(conditions, ' AND ') : sql`true`;
}

/**
 * The next rows of one part in order, before any filter: at most `effort`. Each source and organization is a branch of
 * its own with a constant id, so that the planner knows its size. Merging the branches removes duplicates of people in
 * several.
 */
function stretch(matching: Matching, part: Part, effort: number): ScopedSql {
  const { filter } = matching;
  const { leading } = ledBy(matching);
  const branches = sourcesByPlace(matching).map((source) => branch(matching, part, source, effort));
  const [only, ...others] = branches;
  if (only && others.length === 0) return only;
  const inBrackets = branches.map((each) => sql`(${each})`);
  const distinct = sql`DISTINCT ON (${join([...leading, ...orders[filter.sort].keys, sql`p.id`])})`;
  return sql`
    SELECT ${isMixed(matching) ? distinct : empty} p.*
      FROM (${join(inBrackets, ' UNION ALL ')}) p
     ORDER BY ${orderBy(filter, sql`p.id`, leading)} LIMIT ${effort}::int`;
}

function branch(matching: Matching, part: Part, source: Source, effort: number): ScopedSql {
  const { table, id, inside } = source;
  const aligned = alignedConditions(matching, part);
  const where = sql`${part.where(id)} AND ${aligned}`;
  return sql`
    SELECT ${columnsOf(source)} FROM ${table} WHERE ${inside} AND ${where}
     ORDER BY ${orderBy(matching.filter, id, ledBy(matching).leading)} LIMIT ${effort}::int`;
}

/** Checks each row of a stretch by itself. */
function eachOf(matching: Matching): Sql {
  const conditions = sourcesOf(matching).map(({ kind }) => conditionsOf(matching, { kind, id: sql`p.id` }, 'each'));
  const [people, invitations] = conditions;
  return invitations ? sql`CASE WHEN p.is_invitation THEN ${invitations} ELSE ${people} END` : (people ?? sql`false`);
}

/**
 * `page` has one row more than is shown. A walk along the order's index finds it for every filter that is not rare. If
 * the walk gives up, matches are collected through the filters' indexes and sorted. Postgres does not start the second
 * half when the first found enough, so no plan depends on estimates.
 */
function pageOfIds(matching: Matching, effort: number): ScopedSql {
  const { filter } = matching;
  const wanted = filter.size + 1;
  const placed = join([sql`p.id`, sql`p.is_invitation`, ...orders[filter.sort].keys]);
  const parts = partsAhead(filter);
  // No index has the version, so only the order's own index fits; the index for counting would be sorted whole.
  const each = sql`${eachOf(matching)} AND p.version > 0`;
  const { leading } = ledBy(matching);
  const walk = (part: Part) => sql`
    SELECT ${placed} FROM (${stretch(matching, part, effort)}) p WHERE ${each} ORDER BY ${orderBy(filter, sql`p.id`, leading)} LIMIT ${wanted}::int`;
  const isSeenWhole = (part: Part) =>
    sql`(SELECT count(*) < ${effort}::int FROM (${stretch(matching, part, effort)}) p)`;
  const [first, second] = parts;
  if (!first) throw new Error('A list has at least one part.');
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
      ${join(
        sourcesOf(matching).map((source) => collect(matching, parts, source)),
        ' UNION ALL ',
      )}),
    page AS MATERIALIZED (
      SELECT * FROM (SELECT * FROM walked WHERE (SELECT is_enough FROM verdict) UNION ALL SELECT * FROM collected) p
       ORDER BY ${wholeOrder(filter)} LIMIT ${wanted}::int)`;
}

function collect(matching: Matching, parts: Part[], source: Source): ScopedSql {
  const { table, id, inside, kind } = source;
  const keys = orders[matching.filter.sort].keys;
  const ahead = parts.map((part) => sql`(${part.where(id)})`);
  const isRepeated = kind === 'person' && !readsEverybody(matching);
  return sql`(
    SELECT ${isRepeated ? sql`DISTINCT ON (${id})` : empty} ${id} AS id,
           ${kind === 'invitation' ? sql`true` : sql`false`} AS is_invitation, ${join(keys)} FROM ${table}
     WHERE NOT (SELECT is_enough FROM verdict) AND ${inside} AND (${join(ahead, ' OR ')})
       AND ${conditionsOf(matching, source, 'set')})`;
}
