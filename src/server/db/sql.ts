import { Prisma } from './generated/client';

/** Parameterized SQL for features. `sql`, `join` and `empty` are Prisma's own; none takes a bare string as SQL. */
export const { sql, join, empty } = Prisma;
export type Sql = Prisma.Sql;
export type JsonObject = Prisma.InputJsonObject;
export type JsonValue = Prisma.JsonValue;
