import { sql } from '@/server/db/sql';
import { reachOf, unscoped, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { chartDays, platformId } from './days.schema';

export type DayFigure = { day: string; joined: number; signedIn: number };

/** The last thirty days, today last; days are `YYYY-MM-DD` in UTC. Null until they were counted for the first time. */
export async function lastDays(can: Can<'users.read'>): Promise<DayFigure[] | null> {
  const recent = sql`f.day > (app_now() AT TIME ZONE 'UTC')::date - ${chartDays}::int`;
  const columns = sql`f.day::text AS day, sum(f.joined)::int AS joined, sum(f.signed_in)::int AS "signedIn"`;
  const rows =
    reachOf(can, 'users.read') === 'platform'
      ? await can.read<DayFigure>(
          unscoped('figures of the whole platform'),
          sql`SELECT ${columns} FROM day_figure f WHERE f.organization_id = ${platformId}::uuid AND ${recent} GROUP BY f.day ORDER BY f.day`,
        )
      : await can.read<DayFigure>(sql`
          SELECT ${columns} FROM day_figure f
           WHERE ${within(can, 'users.read', sql`f.organization_id`)} AND ${recent} GROUP BY f.day ORDER BY f.day`);
  // An organization where nothing happened has no row; only the platform's rows say that days were counted.
  return rows.length > 0 || (await areCounted(can)) ? filled(rows) : null;
}

async function areCounted(can: Can<'users.read'>): Promise<boolean> {
  const rows = await can.read(
    unscoped('whether days were counted at all, for the platform'),
    sql`SELECT 1 FROM day_figure f WHERE f.organization_id = ${platformId}::uuid LIMIT 1`,
  );
  return rows.length > 0;
}

/** With a zero for each day on which nothing happened. */
function filled(rows: DayFigure[]): DayFigure[] {
  const counted = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: chartDays }, (_, at) => {
    const day = new Date(Date.now() - (chartDays - 1 - at) * 86_400_000).toISOString().slice(0, 10);
    return counted.get(day) ?? { day, joined: 0, signedIn: 0 };
  });
}
