import { newId } from '@/lib/ids';
import { linkHash } from '@/server/auth/links';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';
import { passwordResetLink } from './password.schema';

const ofThisPerson = unscoped('the caller has locked the account, or found it by its link');

/** Returns the id of the link, which works once and for `lifeMs`. Only one that is mailed confirms the address. */
export async function createResetLink(
  work: Writes,
  userId: string,
  { lifeMs, isMailed }: { lifeMs: number; isMailed: boolean },
): Promise<string> {
  const id = newId();
  await work.write(
    ofThisPerson,
    sql`
      INSERT INTO password_reset (id, user_id, token_hash, mailed, expires_at)
      VALUES (${id}::uuid, ${userId}::uuid, ${linkHash(passwordResetLink, id, 1)}, ${isMailed}::boolean,
              app_now() + make_interval(secs => ${lifeMs / 1000}::float8))`,
  );
  return id;
}

/** A used link is gone for good; the others end with it, and whenever the address or the password changes. */
export async function endResetLinks(work: Writes, userId: string) {
  await work.write(
    ofThisPerson,
    sql`UPDATE password_reset SET used_at = app_now() WHERE user_id = ${userId}::uuid AND used_at IS NULL`,
  );
}
