import { kindOf } from '@/lib/audit-actions';
import { isId } from '@/lib/ids';
import { cutPage } from '@/lib/page-cut';
import { type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import type { HistoryFilter } from './history.schema';
import { actorColumns, detailsOf, type NamedActor, namesIn, viewOf } from './names.queries';
import { newestPage, orderOf } from './newest-events.queries';

export type HistoryRow = NamedActor & {
  id: string;
  at: Date;
  action: string;
  organization: string | null;
  body: unknown;
  /** Names by id for the ids in the details. The reader may not learn the name of an id that is missing here. */
  names: Record<string, string>;
};

const pageSize = 30;

/** The caller checks that the reader may see the person. Readers inside organizations see only what happened there. */
export async function listHistory(can: Can<'users.read' | 'audit.read'>, userId: string, filter: HistoryFilter) {
  if (!isId(userId)) throw new Fail('not_found');
  const actions = await actionsOf(can, userId, filter.kind);
  if (actions.length === 0) return { rows: [], previous: null, next: null };
  const branch = branchOf(userId, actions);
  const rows = await can.read<Omit<HistoryRow, 'names'>>(sql`
    WITH RECURSIVE ${newestPage(can, sql`true`, [branch], filter, pageSize + 1)}
    SELECT e.id, e.at, e.action, ${actorColumns(viewOf(can))},
           o.name AS organization, ${detailsOf(can)} AS body
      FROM page e LEFT JOIN audit_detail d ON d.event_id = e.id
      LEFT JOIN "user" a ON a.id = e.actor_id LEFT JOIN organization o ON o.id = e.organization_id
     ${orderOf(sql`e`, filter)}`);
  const page = cutPage(rows, pageSize, filter);
  const names = await namesIn(can, page.rows);
  return { ...page, rows: page.rows.map((row) => ({ ...row, names })) };
}

export type LastChange = NamedActor & Pick<HistoryRow, 'id' | 'at' | 'action'>;

/** The newest three changes without their details, for a glance. The caller checks that the reader may see the person. */
export async function listLastChanges(can: Can<'audit.read'>, userId: string): Promise<LastChange[]> {
  const actions = await actionsOf(can, userId, undefined);
  if (actions.length === 0) return [];
  return can.read<LastChange>(sql`
    WITH RECURSIVE ${newestPage(can, sql`true`, [branchOf(userId, actions)], {}, 3)}
    SELECT e.id, e.at, e.action, ${actorColumns(viewOf(can))} FROM page e LEFT JOIN "user" a ON a.id = e.actor_id
     ${orderOf(sql`e`, {})}`);
}

async function actionsOf(can: Can, userId: string, kind: HistoryFilter['kind']) {
  const found = await can.read<{ action: string }>(
    unscoped('the actions of a person the caller found in scope; the events are read in scope below'),
    sql`
      WITH RECURSIVE ${subjects(userId)}, ${actionsOfSubjects}
      SELECT DISTINCT action FROM happened WHERE action IS NOT NULL ORDER BY action`,
  );
  return found.map(({ action }) => action).filter((action) => isShown(action, kind));
}

function branchOf(userId: string, actions: string[]) {
  return {
    name: sql`branch`,
    table: sql`${subjects(userId)}, branch AS (SELECT s.id, a.action FROM subject s, unnest(${actions}::text[]) a(action))`,
    match: sql`e.subject_id = branch.id AND e.action = branch.action`,
  };
}

/** Signing in and out is not a change, so it is shown only under its own filter. */
function isShown(action: string, kind: HistoryFilter['kind']): boolean {
  return kind ? kindOf(action) === kind : kindOf(action) !== 'sign-in';
}

function subjects(userId: string): Sql {
  return sql`subject AS (
    SELECT ${userId}::uuid AS id UNION ALL SELECT i.id FROM invitation i WHERE i.user_id = ${userId}::uuid)`;
}

/** The actions of each subject, found by jumping along the index instead of reading every event. */
const actionsOfSubjects = sql`
  happened AS (
    SELECT s.id, (SELECT e.action FROM audit_event e WHERE e.subject_id = s.id ORDER BY e.action LIMIT 1) AS action
      FROM subject s
     UNION ALL
    SELECT h.id, (SELECT e.action FROM audit_event e WHERE e.subject_id = h.id AND e.action > h.action
                   ORDER BY e.action LIMIT 1)
      FROM happened h WHERE h.action IS NOT NULL)`;
