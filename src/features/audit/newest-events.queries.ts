import type { Place } from '@/lib/page-cut';
import { empty, join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { eachPlace, reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { Involved } from './involved.queries';

/** Whom or what the events must involve, as actor, as subject, or as either of them; null is everybody. */
export type Named = {
  actor: Involved | null;
  subject: Involved | null;
  either: Involved | null;
  organizationId: string | null;
};

/** Cursors are event ids: sequence numbers would show readers inside organizations how much happens elsewhere. */
type EventPlace = Place<string>;

/**
 * A common table expression `page` for WITH RECURSIVE: the newest rows of `audit_event e` in scope that match `where`.
 * No index covers a person alone or several organizations, so there each action or organization contributes its newest.
 */
export function newestPage(
  can: Can<'audit.read'>,
  where: Sql,
  branches: readonly [Branch, ...Branch[]],
  place: EventPlace,
  limit: number,
): ScopedSql {
  const order = orderOf(sql`e`, place);
  const rowsOf = ({ name, match }: Branch) => sql`
    SELECT e.* FROM ${name} CROSS JOIN LATERAL (
      SELECT e.* FROM audit_event e WHERE ${match} AND ${inScope(can, sql`e`)} AND ${where} ${beyond(can, place)}
       ${order} LIMIT ${limit}::int) e`;
  return sql`
    ${join(branches.map(({ table }) => table))}, page AS (
      SELECT e.* FROM (${join(branches.map(rowsOf), ' UNION ALL ')}) e ${order} LIMIT ${limit}::int)`;
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

/** A common table expression `name`, and which events each of its rows contributes. */
export type Branch = { name: Sql; table: Sql; match: Sql };

const branch = sql`branch`;

/** `actions` are the stored names of one action. Each of them is its own index range, as is each organization. */
export function branchesOf(
  can: Can<'audit.read'>,
  named: Named,
  actions?: readonly string[],
): readonly [Branch, ...Branch[]] {
  const { actor, subject, either, organizationId } = named;
  const isInside = organizationId !== null || reachOf(can, 'audit.read') !== 'platform';
  const isInSeveral = reachOf(can, 'audit.read') === 'several' && organizationId === null;
  const byActor = (name: Sql, ids: string[]) =>
    isInside ? eachPerson(can, name, ids, isInSeveral) : eachAction(name, sql`actor_id`, ids, actions);
  const bySubject = (name: Sql, { people, records }: Involved) =>
    eachAction(name, sql`subject_id`, [...people, ...records], actions);
  if (either) {
    const done = bySubject(sql`done`, either);
    const isNew = sql`(e.actor_id IS NULL OR e.actor_id <> ALL(${either.people}::uuid[]))`;
    return [byActor(sql`acted`, either.people), { ...done, match: sql`${done.match} AND ${isNew}` }];
  }
  if (subject) return [bySubject(branch, subject)];
  if (actor) return [byActor(branch, actor.people)];
  return [eachPlaceAndAction(can, isInSeveral, actions)];
}

function eachPlaceAndAction(can: Can<'audit.read'>, isInSeveral: boolean, actions?: readonly string[]): Branch {
  const isOneAction = !actions || actions.length < 2;
  if (!isInSeveral && isOneAction) return { name: branch, table: sql`branch AS (SELECT)`, match: sql`true` };
  if (!isInSeveral) {
    return {
      name: branch,
      table: sql`branch AS (SELECT unnest(${actions}::text[]) AS action)`,
      match: sql`e.action = branch.action`,
    };
  }
  const places = eachPlace(can, 'audit.read');
  if (!isOneAction) {
    return {
      name: branch,
      table: sql`branch AS (
        SELECT place.id, a.action FROM ${places} CROSS JOIN unnest(${actions}::text[]) a(action))`,
      match: sql`e.organization_id = branch.id AND e.action = branch.action`,
    };
  }
  return {
    name: branch,
    table: sql`branch AS (SELECT place.id FROM ${places})`,
    match: sql`e.organization_id = branch.id`,
  };
}

/** Inside organizations, where an index has each person by itself. */
function eachPerson(can: Can<'audit.read'>, name: Sql, ids: string[], isInSeveral: boolean): Branch {
  const people = sql`unnest(${ids}::uuid[]) AS person(id)`;
  if (!isInSeveral) {
    return { name, table: sql`${name} AS (SELECT person.id FROM ${people})`, match: sql`e.actor_id = ${name}.id` };
  }
  return {
    name,
    table: sql`${name} AS (
      SELECT person.id, place.id AS place FROM ${people} CROSS JOIN ${eachPlace(can, 'audit.read')})`,
    match: sql`e.actor_id = ${name}.id AND e.organization_id = ${name}.place`,
  };
}

/** Every action of each id, or those given, because the index of a person continues with the action. */
function eachAction(name: Sql, column: Sql, ids: string[], actions?: readonly string[]): Branch {
  const match = sql`e.${column} = ${name}.id AND e.action = ${name}.action`;
  const named = sql`unnest(${ids}::uuid[]) AS named(id)`;
  if (actions) {
    const table = sql`${name} AS (SELECT named.id, a.action FROM ${named} CROSS JOIN unnest(${actions}::text[]) a(action))`;
    return { name, table, match };
  }
  const next = (id: Sql, beyondLast: Sql) => sql`
    (SELECT e.action FROM audit_event e WHERE e.${column} = ${id} ${beyondLast} ORDER BY e.action LIMIT 1)`;
  return {
    name,
    match,
    table: sql`
      ${name} AS (
        SELECT named.id, ${next(sql`named.id`, empty)} AS action FROM ${named} UNION ALL
        SELECT ${name}.id, ${next(sql`${name}.id`, sql`AND e.action > ${name}.action`)}
          FROM ${name} WHERE ${name}.action IS NOT NULL)`,
  };
}
