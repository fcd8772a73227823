import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';

const changedAccounts = unscoped('accounts that were changed in scope before');

/**
 * Refreshes the copies in `membership` that lists inside an organization sort and search by, so that such a list needs
 * only one index. Call it after a change of name, address, status or dates, in the same transaction.
 */
export async function copyToMemberships(work: Writes, userIds: readonly string[]) {
  await work.write(
    changedAccounts,
    sql`
      UPDATE membership m
         SET email = u.email, sort_name = u.sort_name, search = u.search, first_key = u.first_key, last_key = u.last_key,
             status = u.status, created_at = u.created_at, last_sign_in_at = u.last_sign_in_at,
             last_activity_at = u.last_activity_at
        FROM "user" u WHERE u.id = m.user_id AND u.id = ANY(${[...userIds]}::uuid[])`,
  );
}
