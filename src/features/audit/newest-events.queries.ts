import type { Place } from '@/lib/page-cut';
import { empty, type Sql, sql } from '@/server/db/sql';
import type { Scope } from '@/server/work';

export type Named = { actorId: string | null; subjectId: string | null; organizationId: string | null };

/** Cursors are event ids: sequence numbers would show readers inside organizations how much happens elsewhere. */
type EventPlace = Place<string>;

/**
 * A common table expression `page` for WITH RECURSIVE: the newest rows of `audit_event e` in scope that match `where`.
 * No index covers a person alone or several organizations, so there each action or organization contributes its newest.
 */
export function newestPage(scope: Scope, where: Sql, branch: Branch, place: EventPlace, limit: number): Sql {
  const order = orderOf(sql`e`, place);
  return sql`
    ${branch.table}, page AS (
      SELECT e.* FROM branch CROSS JOIN LATERAL (
        SELECT e.* FROM audit_event e WHERE ${branch.match} AND ${inScope(scope, sql`e`)} AND ${where} ${beyond(scope, place)} ${order} LIMIT ${limit}::int) e
       ${order} LIMIT ${limit}::int)`;
}

export function orderOf(table: Sql, { before }: EventPlace): Sql {
  return before ? sql`ORDER BY ${table}.at ASC, ${table}.seq ASC` : sql`ORDER BY ${table}.at DESC, ${table}.seq DESC`;
}

/** A cursor out of scope gives an empty page, as one that does not exist does, so it reveals nothing. */
function beyond(scope: Scope, { before, after }: EventPlace): Sql {
  const rowOf = (id: string) =>
    sql`(SELECT c.at, c.seq FROM audit_event c WHERE c.id = ${id}::uuid AND ${inScope(scope, sql`c`)})`;
  if (before) return sql`AND (e.at, e.seq) > ${rowOf(before)}`;
  return after ? sql`AND (e.at, e.seq) < ${rowOf(after)}` : empty;
}

export function inScope(scope: Scope, table: Sql): Sql {
  if (scope.all) return sql`true`;
  const [id, ...others] = scope.organizationIds;
  if (id && others.length === 0) return sql`${table}.organization_id = ${id}::uuid`;
  return sql`${table}.organization_id = ANY(${scope.organizationIds}::uuid[])`;
}

export type Branch = { table: Sql; match: Sql };

/** `actions` are the stored names of one action. Each of them is its own index range, as is each organization. */
export function branchOf(
  scope: Scope,
  { actorId, subjectId, organizationId }: Named,
  actions?: readonly string[],
): Branch {
  const single = { table: sql`branch AS (SELECT)`, match: sql`true` };
  const isInOrganizations = organizationId !== null || !scope.all;
  if (!actions && subjectId) return eachAction(sql`subject_id`, subjectId);
  if (!actions && actorId && !isInOrganizations) return eachAction(sql`actor_id`, actorId);
  const isOnePlace = scope.all || organizationId !== null || subjectId || scope.organizationIds.length < 2;
  const isOneAction = !actions || actions.length < 2;
  if (isOnePlace && isOneAction) return single;
  if (isOnePlace) {
    return {
      table: sql`branch AS (SELECT unnest(${actions}::text[]) AS action)`,
      match: sql`e.action = branch.action`,
    };
  }
  if (!isOneAction) {
    return {
      table: sql`branch AS (
        SELECT o.organization_id, a.action
          FROM unnest(${scope.organizationIds}::uuid[]) o(organization_id) CROSS JOIN unnest(${actions}::text[]) a(action))`,
      match: sql`e.organization_id = branch.organization_id AND e.action = branch.action`,
    };
  }
  return {
    table: sql`branch AS (SELECT unnest(${scope.organizationIds}::uuid[]) AS organization_id)`,
    match: sql`e.organization_id = branch.organization_id`,
  };
}

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
