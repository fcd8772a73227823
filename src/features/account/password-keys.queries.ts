import { passwordKeyIds } from '@/server/auth/password';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Reads } from '@/server/work';

type KeyCounts = { current: number; previous: number; gone: number };

/**
 * Passwords by the secret that peppered them, of accounts that are not archived. `gone`: neither secret of today. Reads
 * every account once, so it is for an operator's command and never for a page.
 */
export async function countPasswordsByKey(can: Reads): Promise<KeyCounts> {
  const { current, previous } = passwordKeyIds();
  // A row without an id is from before ids, see StoredPassword.
  const keyId = sql`coalesce(c.key_id, ${previous ?? current})`;
  const [counts] = await can.read<KeyCounts>(
    unscoped('an operator asks about the whole deployment'),
    sql`
      SELECT count(*) FILTER (WHERE ${keyId} = ${current})::int AS current,
             count(*) FILTER (WHERE ${keyId} = ${previous})::int AS previous,
             count(*) FILTER (WHERE ${keyId} NOT IN (${current}, ${previous ?? current}))::int AS gone
        FROM credential c JOIN "user" u ON u.id = c.user_id WHERE u.status <> 'archived'`,
  );
  return counts ?? { current: 0, previous: 0, gone: 0 };
}
