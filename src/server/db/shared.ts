import { env, silenceSeconds } from '../env';
import { createDb, type Db } from './client';

const holder = globalThis as { rollcallDb?: Db };

/** Private to `src/server`: features get a handle from `work.ts`. */
export function db(): Db {
  holder.rollcallDb ??= createDb(env().DATABASE_URL, 10, silenceSeconds(10));
  return holder.rollcallDb;
}
