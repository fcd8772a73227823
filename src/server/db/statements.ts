import type { Tx } from './client';
import type { ScopedSql, Sql } from './sql';

declare const isUnscoped: unique symbol;

/** Why a statement needs no scope. Made by `unscoped()`. */
export type Unscoped = { readonly reason: string; readonly [isUnscoped]: true };

/** Private to `src/server`: features run statements through `read` and `write`. */
export const client: unique symbol = Symbol('client');

type Model = Exclude<
  { [K in keyof Tx]: Tx[K] extends { findMany: unknown; create: unknown } ? K : never }[keyof Tx],
  symbol
>;
type ReadMethod = 'findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findMany' | 'count';
export type ReadTables = { readonly [M in Model]: Pick<Tx[M], ReadMethod> };
export type Tables = Pick<Tx, Model>;

/** A statement carries its scope (`within`) or says why it needs none (`unscoped`). */
export interface Reads {
  readonly [client]: Tx;
  read<Row>(statement: ScopedSql): Promise<Row[]>;
  read<Row>(why: Unscoped, statement: Sql): Promise<Row[]>;
  read<T>(why: Unscoped, query: (tables: ReadTables) => Promise<T>): Promise<T>;
}

export interface Writes extends Reads {
  /** Returns the number of rows it changed. */
  write(statement: ScopedSql): Promise<number>;
  write(why: Unscoped, statement: Sql): Promise<number>;
  write<T>(why: Unscoped, change: (tables: Tables) => Promise<T>): Promise<T>;
  writeReturning<Row>(statement: ScopedSql): Promise<Row[]>;
  writeReturning<Row>(why: Unscoped, statement: Sql): Promise<Row[]>;
}

type Change = (tables: Tables) => Promise<unknown>;

export function readsOn(tx: Tx): Reads {
  const read = (first: Unscoped | Sql, second?: Sql | Change) =>
    typeof second === 'function' ? second(tx) : tx.$queryRaw(second ?? (first as Sql));
  return { [client]: tx, read: read as Reads['read'] };
}

export function writesOn(tx: Tx): Writes {
  const write = (first: Unscoped | Sql, second?: Sql | Change) =>
    typeof second === 'function' ? second(tx) : tx.$executeRaw(second ?? (first as Sql));
  const reads = readsOn(tx);
  return { ...reads, write: write as Writes['write'], writeReturning: reads.read };
}
