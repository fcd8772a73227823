import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';
import { chartDays, platformId } from './days.schema';

const everywhere = unscoped('a job of the system: figures of the platform and of each organization');

const utcDay = (at: ReturnType<typeof sql>) => sql`(${at} AT TIME ZONE 'UTC')::date`;

/**
 * Counts again from the last day that was counted, which may have been incomplete, to today; a month back at first.
 * The platform gets a row for each of these days, so that the next run knows where to begin.
 */
export async function countDays(work: SystemWork): Promise<void> {
  const platform = sql`${platformId}::uuid`;
  const begins = sql`(SELECT day::timestamp AT TIME ZONE 'UTC' FROM since)`;
  await work.write(
    everywhere,
    sql`
      WITH since AS MATERIALIZED (
        SELECT greatest(${utcDay(sql`app_now()`)} - ${chartDays - 1}::int, (
          SELECT max(f.day) FROM day_figure f WHERE f.organization_id = ${platform})) AS day),
      happened (organization_id, day, joined, signed_in) AS (
        SELECT ${platform}, d::date, 0, 0 FROM since, generate_series(since.day, ${utcDay(sql`app_now()`)}, '1 day') d
        UNION ALL
        SELECT ${platform}, ${utcDay(sql`u.activated_at`)}, count(*), 0
          FROM "user" u WHERE u.activated_at >= ${begins} GROUP BY 2
        UNION ALL
        SELECT m.organization_id, ${utcDay(sql`m.joined_at`)}, count(*), 0
          FROM membership m WHERE m.joined_at >= ${begins} GROUP BY 1, 2
        UNION ALL
        SELECT ${platform}, ${utcDay(sql`a.at`)}, 0, count(*)
          FROM sign_in_attempt a WHERE a.result = 'signed_in' AND a.at >= ${begins} GROUP BY 2
        UNION ALL
        SELECT m.organization_id, ${utcDay(sql`a.at`)}, 0, count(*)
          FROM sign_in_attempt a JOIN membership m ON m.user_id = a.user_id
         WHERE a.result = 'signed_in' AND a.at >= ${begins} GROUP BY 1, 2)
      INSERT INTO day_figure (organization_id, day, joined, signed_in)
      SELECT organization_id, day, sum(joined), sum(signed_in) FROM happened GROUP BY 1, 2
      ON CONFLICT (organization_id, day) DO UPDATE SET joined = excluded.joined, signed_in = excluded.signed_in`,
  );
}
