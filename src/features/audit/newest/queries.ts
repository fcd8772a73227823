import { empty, type Sql, sql } from '@/server/db/sql';
import type { Scope } from '@/server/work';

/** Ids that a filter names; what it leaves open is null. */
export type Named = { actorId: string | null; subjectId: string | null; organizationId: string | null };

/** Where a page stands: rows older than `before`, or newer than `after`, each the number of an event. */
export type Place = { before?: bigint | undefined; after?: bigint | undefined };

/**
 * `page`, the newest rows of `audit_event e` that meet `where`: a common table expression for WITH RECURSIVE. No index
 * leads by a person alone, nor by several organizations; then each action, or each organization, gives its newest.
 */
export function newestPage(where: Sql, branch: Branch, place: Place, limit: number): Sql {
  const order = orderOf(sql`e`, place);
  return sql`
    ${branch.table}, page AS (
      SELECT e.* FROM branch CROSS JOIN LATERAL (
        SELECT e.* FROM audit_event e WHERE ${branch.match} AND ${where} ${beyond(place)} ${order} LIMIT ${limit}::int) e
       ${order} LIMIT ${limit}::int)`;
}

/** By time and then by number; backwards while paging towards the newest. */
export function orderOf(table: Sql, { after }: Place): Sql {
  return after === undefined
    ? sql`ORDER BY ${table}.at DESC, ${table}.seq DESC`
    : sql`ORDER BY ${table}.at ASC, ${table}.seq ASC`;
}

function beyond({ before, after }: Place): Sql {
  const rowAt = (seq: bigint) => sql`((SELECT c.at FROM audit_event c WHERE c.seq = ${seq}), ${seq})`;
  if (after !== undefined) return sql`AND (e.at, e.seq) > ${rowAt(after)}`;
  return before === undefined ? empty : sql`AND (e.at, e.seq) < ${rowAt(before)}`;
}

export type Branch = { table: Sql; match: Sql };

export function branchOf(scope: Scope, { actorId, subjectId, organizationId }: Named, action?: string): Branch {
  const single = { table: sql`branch AS (SELECT)`, match: sql`true` };
  const isInOrganizations = organizationId !== null || !scope.all;
  if (action === undefined && subjectId) return eachAction(sql`subject_id`, subjectId);
  if (action === undefined && actorId && !isInOrganizations) return eachAction(sql`actor_id`, actorId);
  if (scope.all || organizationId !== null || subjectId || scope.organizationIds.length < 2) return single;
  return {
    table: sql`branch AS (SELECT unnest(${scope.organizationIds}::uuid[]) AS organization_id)`,
    match: sql`e.organization_id = branch.organization_id`,
  };
}

/** The actions there are for one person, found by jumping along the index. */
function eachAction(column: Sql, id: string): Branch {
  const next = (beyondLast: Sql) => sql`
    SELECT e.action FROM audit_event e WHERE e.${column} = ${id}::uuid ${beyondLast} ORDER BY e.action LIMIT 1`;
  return {
    table: sql`
      branch AS (
        (${next(empty)}) UNION ALL
        SELECT (${next(sql`AND e.action > branch.action`)}) FROM branch WHERE branch.action IS NOT NULL)`,
    match: sql`e.action = branch.action`,
  };
}

/** The rows of a page out of one more than it shows, newest first, and what leads on from there. */
export function cutPage<R extends { seq: bigint }>(rows: R[], place: Place, size: number) {
  const isBack = place.after !== undefined;
  const isMore = rows.length > size;
  const page = rows.slice(0, size);
  if (isBack) page.reverse();
  return {
    rows: page,
    older: (isBack ? page.length > 0 : isMore) ? (page.at(-1)?.seq ?? null) : null,
    newer: (isBack ? isMore : place.before !== undefined) ? (page[0]?.seq ?? null) : null,
  };
}
