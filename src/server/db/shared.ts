import { env, silenceSeconds } from '../env';
import { createDb, type Db } from './client';

const holder = globalThis as { rollcallDb?: Db };

/** Private to `src/server`: features get a handle from `work.ts`. */
export function db(): Db {
  holder.rollcallDb ??= createDb(env().DATABASE_URL);
  return holder.rollcallDb;
}

/** How long a process may stall in a transaction. */
export const stalledSeconds = () => silenceSeconds(10);
