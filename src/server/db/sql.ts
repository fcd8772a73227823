import { Prisma } from './generated/client';

/** Parameterised SQL for features: `sql`, `join` and `empty` are Prisma's own; nothing here takes a bare string. */
export const { sql, join, empty } = Prisma;
export type Sql = Prisma.Sql;
export type JsonObject = Prisma.InputJsonObject;
export type JsonValue = Prisma.JsonValue;
