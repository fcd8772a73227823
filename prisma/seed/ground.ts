import type { Client } from 'pg';

export type World = {
  client: Client;
  users: number;
  /** SQL: a number from 0 to 1 that depends only on the integer expression `n` and on the use. */
  chance(n: string, use: string): string;
  /** SQL: sixteen bytes derived from `n` and the use that look random. */
  bytes(n: string, use: string): string;
  /** SQL: a UUIDv7 for that moment; its other bits come from `n` and the use. */
  id(moment: string, n: string, use: string): string;
  /** Runs a statement and returns how many rows it wrote. */
  run(sql: string, values?: unknown[]): Promise<number>;
};

export type Figures = Record<string, number>;

/** Midnight, so that the result does not depend on the minute it was made. */
export const today = `date_trunc('day', app_now())`;
export const history = `interval '2190 days'`;
