import type { StoredPassword } from '@/server/auth/password';
import { sql } from '@/server/db/sql';
import { env } from '@/server/env';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';

const newAccount = unscoped('an account that was created or accepted in this transaction');

type First = StoredPassword & { userId: string };

/** The first password of an account, chosen by the person. */
export async function createCredential(work: Writes, { userId, passwordHash, keyId }: First) {
  await work.write(newAccount, (tables) => tables.credential.create({ data: { userId, passwordHash, keyId } }));
}

/** One that somebody else knows: it must be changed, and it works for some days. Returns until when. */
export async function createInitialCredential(work: Writes, { userId, passwordHash, keyId }: First): Promise<Date> {
  const [created] = await work.writeReturning<{ expiresAt: Date }>(
    newAccount,
    sql`
      INSERT INTO credential (user_id, password_hash, key_id, must_change, expires_at)
      VALUES (${userId}::uuid, ${passwordHash}, ${keyId}, true,
              app_now() + make_interval(days => ${initialPasswordDays()}::int))
      RETURNING expires_at AS "expiresAt"`,
  );
  if (!created) throw new Error('The credential was not created.');
  return created.expiresAt;
}

export function initialPasswordDays(): number {
  return env().INITIAL_PASSWORD_DAYS;
}
