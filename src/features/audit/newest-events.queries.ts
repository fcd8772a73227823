import type { Place } from '@/lib/page-cut';
import { empty, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { eachPlace, reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';

export type Named = { actorId: string | null; subjectId: string | null; organizationId: string | null };

/** Cursors are event ids: sequence numbers would show readers inside organizations how much happens elsewhere. */
type EventPlace = Place<string>;

/**
 * A common table expression `page` for WITH RECURSIVE: the newest rows of `audit_event e` in scope that match `where`.
 * No index covers a person alone or several organizations, so there each action or organization contributes its newest.
 */
export function newestPage(
  can: Can<'audit.read'>,
  where: Sql,
  branch: Branch,
  place: EventPlace,
  limit: number,
): ScopedSql {
  const order = orderOf(sql`e`, place);
  return sql`
    ${branch.table}, page AS (
      SELECT e.* FROM branch CROSS JOIN LATERAL (
        SELECT e.* FROM audit_event e WHERE ${branch.match} AND ${inScope(can, sql`e`)} AND ${where} ${beyond(can, place)} ${order} LIMIT ${limit}::int) e
       ${order} LIMIT ${limit}::int)`;
}

export function orderOf(table: Sql, { before }: EventPlace): Sql {
  return before ? sql`ORDER BY ${table}.at ASC, ${table}.seq ASC` : sql`ORDER BY ${table}.at DESC, ${table}.seq DESC`;
}

/** A cursor out of scope gives an empty page, as one that does not exist does, so it reveals nothing. */
function beyond(can: Can<'audit.read'>, { before, after }: EventPlace): Sql {
  const rowOf = (id: string) =>
    sql`(SELECT c.at, c.seq FROM audit_event c WHERE c.id = ${id}::uuid AND ${inScope(can, sql`c`)})`;
  if (before) return sql`AND (e.at, e.seq) > ${rowOf(before)}`;
  return after ? sql`AND (e.at, e.seq) < ${rowOf(after)}` : empty;
}

export function inScope(can: Can<'audit.read'>, table: Sql): ScopedSql {
  return within(can, 'audit.read', sql`${table}.organization_id`);
}

export type Branch = { table: Sql; match: Sql };

/** `actions` are the stored names of one action. Each of them is its own index range, as is each organization. */
export function branchOf(
  can: Can<'audit.read'>,
  { actorId, subjectId, organizationId }: Named,
  actions?: readonly string[],
): Branch {
  const single = { table: sql`branch AS (SELECT)`, match: sql`true` };
  const reach = reachOf(can, 'audit.read');
  const isInOrganizations = organizationId !== null || reach !== 'platform';
  if (!actions && subjectId) return eachAction(sql`subject_id`, subjectId);
  if (!actions && actorId && !isInOrganizations) return eachAction(sql`actor_id`, actorId);
  const isOnePlace = reach !== 'several' || organizationId !== null || subjectId;
  const isOneAction = !actions || actions.length < 2;
  if (isOnePlace && isOneAction) return single;
  if (isOnePlace) {
    return {
      table: sql`branch AS (SELECT unnest(${actions}::text[]) AS action)`,
      match: sql`e.action = branch.action`,
    };
  }
  const places = eachPlace(can, 'audit.read');
  if (!isOneAction) {
    return {
      table: sql`branch AS (
        SELECT place.id, a.action FROM ${places} CROSS JOIN unnest(${actions}::text[]) a(action))`,
      match: sql`e.organization_id = branch.id AND e.action = branch.action`,
    };
  }
  return {
    table: sql`branch AS (SELECT place.id FROM ${places})`,
    match: sql`e.organization_id = branch.id`,
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
