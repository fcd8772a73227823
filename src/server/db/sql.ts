import { Prisma } from './generated/client';

declare const scope: unique symbol;

export type Sql = Prisma.Sql;
export type JsonObject = Prisma.InputJsonObject;
export type JsonValue = Prisma.JsonValue;

/**
 * SQL that says where it reaches. It comes from `within()`, or from `sql` with such a part in it. A part that carries a
 * scope only sometimes, as in `isAll ? empty : within(…)`, does not count.
 */
export type ScopedSql = Sql & { readonly [scope]: true };

type WithScopeOf<Values extends readonly unknown[]> = true extends {
  [K in keyof Values]: [Values[K]] extends [ScopedSql] ? true : false;
}[number]
  ? ScopedSql
  : Sql;

/** Parameterized SQL: no value becomes SQL text. */
export function sql<const Values extends readonly unknown[]>(
  strings: TemplateStringsArray,
  ...values: Values
): WithScopeOf<Values> {
  return Prisma.sql(strings, ...values) as WithScopeOf<Values>;
}

/** Parts joined by a separator, `,` if none is given. It carries a scope if every part does. */
export function join(parts: readonly ScopedSql[], separator?: string): ScopedSql;
export function join(parts: readonly unknown[], separator?: string): Sql;
export function join(parts: readonly unknown[], separator = ','): Sql {
  return Prisma.join([...parts], separator);
}

export const { empty } = Prisma;
