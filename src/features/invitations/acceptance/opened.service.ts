import { sql } from '@/server/db/sql';
import { whenOpened } from '@/server/opening';
import { unscoped } from '@/server/scope';
import type { Reads } from '@/server/work';

/** Records that the page was opened: a hint only, because mail scanners open links too. It never keeps the page away. */
export async function markOpened(can: Reads, id: string): Promise<void> {
  await whenOpened(can)
    .write(
      unscoped('the link was opened with its token'),
      sql`
        UPDATE invitation SET delivery = 'opened', opened_at = coalesce(opened_at, app_now())
         WHERE id = ${id}::uuid AND state = 'open' AND delivery <> 'opened'`,
    )
    .catch(() => 0);
}
