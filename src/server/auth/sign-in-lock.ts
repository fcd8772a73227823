import { join, sql } from '../db/sql';
import { client, type Reads, type Writes } from '../db/statements';
import { resetCounters, signInCounters } from './throttle';

export type SignInLock = {
  /** Null when it lasts until somebody unlocks it or the person chooses a new password. */
  until: Date | null;
  /** Wrong passwords in a row. */
  failures: number;
};

const countersOf = (email: string) => signInCounters(email, null).account;

/** Why unknown devices cannot sign in to this account at the moment; known ones have counters of their own. */
export async function findSignInLock(can: Reads, email: string): Promise<SignInLock | null> {
  const [delay, row] = countersOf(email).map(({ key }) => key);
  const [lock] = await can[client].$queryRaw<{ until: Date | null; failures: number }[]>(sql`
    SELECT CASE WHEN NOT coalesce(bool_or(key = ${row} AND blocked_until > app_now()), false) THEN max(blocked_until) END AS until,
           max(failures) AS failures
      FROM throttle WHERE key IN (${join([delay, row])}) HAVING max(blocked_until) > app_now()`);
  return lock ?? null;
}

export async function unlockSignIn(work: Writes, email: string) {
  await resetCounters(work, countersOf(email));
}
