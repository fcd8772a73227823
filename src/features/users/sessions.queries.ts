import { sessionLimits } from '@/lib/limits';
import { sql } from '@/server/db/sql';
import type { Can } from '@/server/work';
import type { UserRecord } from './details.queries';
import { isInView } from './view.queries';

/** In how many browsers the person is signed in; at most 200. Null for readers who do not manage the whole account. */
export async function countSessions(can: Can<'users.read'>, user: UserRecord): Promise<number | null> {
  if (!user.isManaged) return null;
  const [row] = await can.read<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM session s
       WHERE s.user_id = ${user.id}::uuid AND s.ended_at IS NULL AND s.expires_at > app_now()
         AND s.last_seen_at > app_now() - make_interval(secs => ${sessionLimits.idleMs / 1000}::float8)
         AND ${isInView(can, 'users.read', sql`s.user_id`)} LIMIT 200) open`);
  return row?.count ?? 0;
}
