import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';

/** Somebody used a link that was mailed to the account's present address. Links to earlier ones have ended. */
export async function confirmAddress(work: Writes, userId: string) {
  await work.write(
    unscoped('the owner of the link, whose account is locked'),
    sql`UPDATE "user" SET email_verified_at = app_now() WHERE id = ${userId}::uuid AND email_verified_at IS NULL`,
  );
}
