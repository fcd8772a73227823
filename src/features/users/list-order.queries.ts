import type { Cursor } from '@/lib/cursors';
import { empty, join, type Sql, sql } from '@/server/db/sql';
import type { UserFilter, UserSort } from './list.schema';
import type { Matching } from './list-sources.queries';

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

function beyond({ sort, ...filter }: UserFilter, cursor: Cursor): Where {
  const { keys, casts } = orders[sort];
  const values = cursor.values.map((value, index) => sql`${value}${casts[index] ?? empty}`);
  const operator = scanDirection({ sort, ...filter }) === 'asc' ? sql`>` : sql`<`;
  return (id) => sql`(${join([...keys, id])}) ${operator} (${join([...values, sql`${cursor.id}::uuid`])})`;
}

/** A condition on rows whose id is in this column. */
type Where = (id: Sql) => Sql;

export type Part = { of: 'values' | 'nulls'; where: Where };

/** Rows without the sorted value are a part of their own, because no index condition covers both. */
export function partsAhead(filter: UserFilter): Part[] {
  const { keys, isNullable } = orders[filter.sort];
  const cursor = filter.before ?? filter.after;
  if (!isNullable) return [{ of: 'values', where: cursor ? beyond(filter, cursor) : () => sql`true` }];
  const hasValue = sql`${keys[0]} IS NOT NULL`;
  const hasNone = sql`${keys[0]} IS NULL`;
  const values: Part = { of: 'values', where: () => hasValue };
  const nulls: Part = { of: 'nulls', where: () => hasNone };
  const isBackwards = filter.before !== null;
  if (!cursor) return filter.sort === 'lastSignIn' && filter.neverSignedIn ? [nulls] : [values, nulls];
  if (cursor.values[0] === null) {
    const operator = scanDirection(filter) === 'asc' ? sql`>` : sql`<`;
    const rest: Part = { of: 'nulls', where: (id) => sql`${hasNone} AND ${id} ${operator} ${cursor.id}::uuid` };
    return isBackwards ? [rest, values] : [rest];
  }
  const isBeyond = beyond(filter, cursor);
  const rest: Part = { of: 'values', where: (id) => sql`${hasValue} AND ${isBeyond(id)}` };
  return isBackwards ? [rest] : [rest, nulls];
}

/** The whole list in stretches that an index can read in order. The id of a row is `id`. */
export function stretchesOf({ filter }: Matching, id: Sql): { where: Sql; orderBy: Sql }[] {
  const whole = { ...filter, after: null, before: null };
  return partsAhead(whole).map(({ where }) => ({ where: where(id), orderBy: orderBy(whole, id) }));
}
