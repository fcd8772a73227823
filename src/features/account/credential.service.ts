import type { StoredPassword } from '@/server/auth/password';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';

/** The first password of an account. `mustChange` is for one that somebody else knows. */
export async function createCredential(
  work: Writes,
  { userId, passwordHash, keyId, mustChange = false }: StoredPassword & { userId: string; mustChange?: boolean },
) {
  await work.write(unscoped('an account that was created or accepted in this transaction'), (tables) =>
    tables.credential.create({ data: { userId, passwordHash, keyId, mustChange } }),
  );
}
