import { type PlanDetail, plansInScope } from '@/features/plans/details.queries';
import { cutPage } from '@/lib/page-cut';
import { displayNameSql, holdsWords } from '@/server/db/names';
import { empty, join, type Sql, sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { ImportsFilter, ImportsMatch } from './list.schema';

export type ImportRowView = {
  id: string;
  fileName: string;
  rowCount: number;
  state: PlanDetail['state'];
  isWhole: boolean;
  hasColumns: boolean;
  isDiscarded: boolean;
  counts: Record<string, number>;
  createdAt: Date;
  byName: string;
  organization: string | null;
};

const pageSize = 25;

/** Whether an import, `plan p` with `upload u`, matches the filters. It does not check the reader's scope. */
export function importMatches({ q, state, by, age, step }: ImportsMatch, readerId: string): Sql {
  const list = [sql`p.kind = 'import'`];
  if (q) list.push(holdsWords(sql`fold(u.file_name)`, q));
  if (state) list.push(sql`p.state = ${state}::plan_state`);
  if (by) list.push(sql`p.created_by = ${readerId}::uuid`);
  if (age) list.push(sql`p.created_at > app_now() - interval '7 days'`);
  if (step) list.push(sql`p.state = 'preparing' AND u.sha256 IS NOT NULL AND NOT p.params ? 'columns'`);
  return join(list, ' AND ');
}

export async function listImports(can: Can<'users.import'>, filter: ImportsFilter) {
  const { before, after } = filter;
  // A cursor out of scope gives an empty page, as one that does not exist does, so it reveals nothing.
  const placeOf = (id: string) => sql`
    (SELECT c.created_at, c.id FROM plan c
      WHERE c.id = ${id}::uuid AND ${within(can, 'users.import', sql`c.organization_id`)})`;
  const beyond = before
    ? sql`AND (p.created_at, p.id) > ${placeOf(before)}`
    : after
      ? sql`AND (p.created_at, p.id) < ${placeOf(after)}`
      : empty;
  const direction = before ? sql`ASC` : sql`DESC`;
  const rows = await can.read<ImportRowView>(sql`
    SELECT p.id, u.file_name AS "fileName", u.row_count AS "rowCount", p.state, u.sha256 IS NOT NULL AS "isWhole",
           p.state = 'cancelled' AND r.plan_id IS NULL AS "isDiscarded", p.params ? 'columns' AS "hasColumns", p.counts,
           p.created_at AS "createdAt", o.name AS organization,
           coalesce(${displayNameSql(sql`a`)}, 'Somebody') AS "byName"
      FROM plan p JOIN upload u ON u.plan_id = p.id LEFT JOIN receipt r ON r.plan_id = p.id
      LEFT JOIN "user" a ON a.id = p.created_by LEFT JOIN organization o ON o.id = p.organization_id
     WHERE true ${plansInScope(can, 'users.import')} ${beyond}
           AND ${importMatches(filter, can.actor.id)}
     ORDER BY p.created_at ${direction}, p.id ${direction} LIMIT ${pageSize + 1}::int`);
  return cutPage(rows, pageSize, filter);
}
