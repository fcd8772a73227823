import type { Client } from 'pg';

export type World = {
  client: Client;
  users: number;
  /** SQL: a number from 0 to 1 that depends on the integer expression `n` and on what it is for, and on nothing else. */
  chance(n: string, use: string): string;
  /** SQL: sixteen bytes that nobody can guess the origin of. */
  bytes(n: string, use: string): string;
  /** SQL: a UUIDv7 of the moment, with the rest taken from `n`. */
  id(moment: string, n: string, use: string): string;
  /** Runs a statement and answers how many rows it wrote. */
  run(sql: string, values?: unknown[]): Promise<number>;
};

export type Figures = Record<string, number>;

/** Midnight: a world does not differ by the minute it was made in. */
export const today = `date_trunc('day', app_now())`;
/** How far back the world goes. */
export const history = `interval '2190 days'`;
