import { skipPlanRows } from '@/features/plans/rows.service';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';

const lockedPlan = unscoped('the plan was locked before');

/** For a repeated address the first valid row counts. A later one is unchanged if it is the same, else a conflict. */
export async function validateRepeated(work: Writes, planId: string) {
  // Postgres may have no statistics for this plan yet. With a nested loop 10,000 rows take minutes.
  await work.write(lockedPlan, sql`SET LOCAL enable_nestloop = off`);
  const isSame = sql`t.said = t.first_said`;
  await skipPlanRows(work, planId, {
    verdict: sql`CASE WHEN ${isSame} THEN 'unchanged' ELSE 'conflict' END`,
    reasons: sql`jsonb_build_array(CASE WHEN ${isSame}
      THEN jsonb_build_object('code', 'same_as_row', 'row', t.first_n)
      ELSE jsonb_build_object('code', 'differs_from_row', 'row', t.first_n, 'fields',
        (SELECT jsonb_agg(k) FROM jsonb_object_keys(t.said) k
          WHERE t.said->k IS DISTINCT FROM t.first_said->k)) END)`,
    from: sql`(
      WITH valid AS (
        SELECT n, label, change->'row' AS said FROM plan_row
         WHERE plan_id = ${planId}::uuid AND verdict IN ('create', 'update', 'unchanged')
           AND label IN (SELECT label FROM plan_row WHERE plan_id = ${planId}::uuid
                            AND verdict IN ('create', 'update', 'unchanged') GROUP BY label HAVING count(*) > 1))
      SELECT n, said, first_value(n) OVER w AS first_n, first_value(said) OVER w AS first_said
        FROM valid WINDOW w AS (PARTITION BY label ORDER BY n)) t`,
    where: sql`p.n = t.n AND t.n <> t.first_n`,
  });
  await work.write(lockedPlan, sql`SET LOCAL enable_nestloop = on`);
}
