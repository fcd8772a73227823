import type { Cursor } from '@/lib/cursors';
import { empty, join, type Sql, sql } from '@/server/db/sql';
import type { UserFilter, UserSort } from './list.schema';
import { type Matching, sourceOf } from './list-conditions.queries';

type Direction = 'asc' | 'desc';
type Order = { keys: Sql[]; casts: Sql[]; isNullable: boolean };

const moment = sql`::timestamptz`;
export const orders: Record<UserSort, Order> = {
  name: { keys: [sql`p.sort_name`], casts: [sql`::text`], isNullable: false },
  email: { keys: [sql`p.email`], casts: [sql`::text`], isNullable: false },
  status: { keys: [sql`p.status`, sql`p.created_at`], casts: [sql`::user_status`, moment], isNullable: false },
  created: { keys: [sql`p.created_at`], casts: [moment], isNullable: false },
  lastSignIn: { keys: [sql`p.last_sign_in_at`], casts: [moment], isNullable: true },
  lastActivity: { keys: [sql`p.last_activity_at`], casts: [moment], isNullable: true },
};

function scanDirection(filter: UserFilter): Direction {
  if (!filter.before) return filter.direction;
  return filter.direction === 'asc' ? 'desc' : 'asc';
}

function word(direction: Direction): Sql {
  return direction === 'asc' ? sql`ASC` : sql`DESC`;
}

export function orderBy(filter: UserFilter, id: Sql, leading: Sql[] = []): Sql {
  const direction = word(scanDirection(filter));
  return join([...leading, ...orders[filter.sort].keys, id].map((key) => sql`${key} ${direction}`));
}

/** Nulls come last, or first when the page is read backwards. */
export function wholeOrder(filter: UserFilter): Sql {
  const { keys, isNullable } = orders[filter.sort];
  const nulls = isNullable ? sql`(${keys[0]} IS NULL) ${word(filter.before ? 'desc' : 'asc')}, ` : empty;
  return sql`${nulls}${orderBy(filter, sql`p.id`)}`;
}

function beyond({ sort, ...filter }: UserFilter, cursor: Cursor, id: Sql): Sql {
  const { keys, casts } = orders[sort];
  const values = cursor.values.map((value, index) => sql`${value}${casts[index] ?? empty}`);
  const operator = scanDirection({ sort, ...filter }) === 'asc' ? sql`>` : sql`<`;
  return sql`(${join([...keys, id])}) ${operator} (${join([...values, sql`${cursor.id}::uuid`])})`;
}

export type Part = { of: 'values' | 'nulls'; where: Sql };

/** Rows without the sorted value are a part of their own, because no index condition covers both. */
export function partsAhead(filter: UserFilter, id: Sql): Part[] {
  const { keys, isNullable } = orders[filter.sort];
  const cursor = filter.before ?? filter.after;
  if (!isNullable) return [{ of: 'values', where: cursor ? beyond(filter, cursor, id) : sql`true` }];
  const values: Part = { of: 'values', where: sql`${keys[0]} IS NOT NULL` };
  const nulls: Part = { of: 'nulls', where: sql`${keys[0]} IS NULL` };
  const isBackwards = filter.before !== null;
  if (!cursor) return filter.sort === 'lastSignIn' && filter.neverSignedIn ? [nulls] : [values, nulls];
  if (cursor.values[0] === null) {
    const operator = scanDirection(filter) === 'asc' ? sql`>` : sql`<`;
    const rest: Part = { of: 'nulls', where: sql`${nulls.where} AND ${id} ${operator} ${cursor.id}::uuid` };
    return isBackwards ? [rest, values] : [rest];
  }
  const rest: Part = { of: 'values', where: sql`${values.where} AND ${beyond(filter, cursor, id)}` };
  return isBackwards ? [rest] : [rest, nulls];
}

export function stretchesOf(matching: Matching): { where: Sql; orderBy: Sql }[] {
  const filter = { ...matching.filter, after: null, before: null };
  const { id } = sourceOf(matching);
  return partsAhead(filter, id).map(({ where }) => ({ where, orderBy: orderBy(filter, id) }));
}
