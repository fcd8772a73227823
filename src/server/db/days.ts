import { type Sql, sql } from './sql';

type Day = string | null | undefined;

/** Conditions for a time between two calendar days in `timeZone`, both included; none for a missing day. */
export function onDays(column: Sql, days: { from?: Day; to?: Day }, timeZone: string): Sql[] {
  const begins = (date: Sql) => sql`(${date})::timestamp AT TIME ZONE ${timeZone}::text`;
  return [
    ...(days.from ? [sql`${column} >= ${begins(sql`${days.from}::date`)}`] : []),
    ...(days.to ? [sql`${column} < ${begins(sql`${days.to}::date + 1`)}`] : []),
  ];
}
