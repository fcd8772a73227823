import { currentAction, storedActions } from '@/lib/audit-actions';
import { parseEmail } from '@/lib/email';
import { isId } from '@/lib/ids';
import { cutPage } from '@/lib/page-cut';
import { onDays } from '@/server/db/days';
import { join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { reachOf, unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import { organizationPath, subjectPath } from './links.policy';
import type { AuditFilter } from './list.schema';
import {
  actorColumns,
  detailsOf,
  isInView,
  joins,
  type NamedActor,
  type NamedSubject,
  namesOf,
  subjectColumns,
  type View,
  viewOf,
} from './names.queries';
import { branchOf, inScope, type Named, newestPage, orderOf } from './newest-events.queries';

export type AuditRow = NamedActor &
  NamedSubject & {
    id: string;
    at: Date;
    action: string;
    organization: string | null;
    /** Null if there is no page or the reader may not open it. */
    subjectPath: string | null;
    organizationPath: string | null;
  };

export type Found = Omit<AuditRow, 'subjectPath' | 'organizationPath'> & {
  subjectSlug: string | null;
  organizationId: string | null;
  organizationSlug: string | null;
};

export const columns = (view: View) => sql`
  e.id, e.at, e.action, ${actorColumns(view)}, ${subjectColumns(view)},
  e.organization_id AS "organizationId", o.slug AS "organizationSlug", o.name AS organization`;

export function withPaths<Row extends Found>(can: Can, row: Row) {
  const { subjectSlug, organizationId, organizationSlug, ...shown } = row;
  return {
    ...shown,
    subjectPath: subjectPath(can, row),
    organizationPath: organizationPath(can, organizationId, organizationSlug),
  };
}

/** Newest first. Every filter has an index that continues with time and number, so every page costs the same. */
export async function listAuditEvents(can: Can<'audit.read'>, filter: AuditFilter, pageSize = 50) {
  const named = await findNamed(can, filter);
  const branch = branchOf(can, named, filter.action ? storedActions(filter.action) : undefined);
  const page = newestPage(can, matches(can, filter, named), branch, filter, pageSize + 1);
  const rows = await can.read<Found>(sql`
    WITH RECURSIVE ${page} SELECT ${columns(viewOf(can))} FROM page e ${joins} ${orderOf(sql`e`, filter)}`);
  return cutPage(
    rows.map((row) => withPaths(can, row)),
    pageSize,
    filter,
  );
}

/** SQL parts of the whole list for an export: rows `e` in the list's order, their names, and their details `d`. */
export async function wholeAuditLog(can: Can<'audit.read'>, filter: AuditFilter) {
  const named = await findNamed(can, filter);
  return {
    from: sql`audit_event e ${joins} LEFT JOIN audit_detail d ON d.event_id = e.id`,
    where: sql`${inScope(can, sql`e`)} AND ${matches(can, filter, named)}`,
    order: orderOf(sql`e`, {}),
    names: namesOf(viewOf(can)),
    details: detailsOf(can),
  };
}

function matches({ timeZone }: Can, filter: AuditFilter, named: Named): Sql {
  const list = [sql`true`, ...onDays(sql`e.at`, filter, timeZone)];
  if (named.actorId) list.push(sql`e.actor_id = ${named.actorId}::uuid`);
  if (named.subjectId) list.push(sql`e.subject_id = ${named.subjectId}::uuid`);
  if (named.organizationId) list.push(sql`e.organization_id = ${named.organizationId}::uuid`);
  if (filter.action) list.push(sql`e.action = ANY(${storedActions(filter.action)}::text[])`);
  return join(list, ' AND ');
}

const noId = '00000000-0000-0000-0000-000000000000';

/** An unknown actor or subject is searched for too: a faster answer would show who has an account elsewhere. */
async function findNamed(can: Can<'audit.read'>, filter: AuditFilter): Promise<Named> {
  const { actor, subject, organization } = filter;
  const [actorId, subjectId, place] = await Promise.all([
    actor ? findId(can, actor) : null,
    subject ? findId(can, subject) : null,
    organization
      ? can.read(unscoped('only the id to compare with, and the events are in scope'), (tables) =>
          tables.organization.findUnique({ where: { slug: organization }, select: { id: true } }),
        )
      : null,
  ]);
  return { actorId, subjectId, organizationId: organization ? (place?.id ?? noId) : null };
}

async function findId(can: Can<'audit.read'>, value: string): Promise<string> {
  if (isId(value)) return value;
  const parsed = parseEmail(value);
  if (!parsed.ok) return noId;
  // People outside the reader's view are not found: a hit would reveal a former member's current address.
  const [user] = await can.read<{ id: string }>(sql`
    SELECT u.id FROM "user" u WHERE u.email = ${parsed.email} AND ${isInView(viewOf(can), sql`u.id`)}`);
  return user?.id ?? noId;
}

/** The actions to filter by, found by jumping along the index instead of reading the log. */
export async function listAuditActions(can: Can<'audit.read'>): Promise<string[]> {
  const rows =
    reachOf(can, 'audit.read') === 'platform'
      ? await can.read<{ action: string }>(unscoped('the actions of the whole platform'), everyAction)
      : await can.read<{ action: string }>(recentActions(can));
  return [...new Set(rows.map(({ action }) => currentAction(action)))].sort();
}

const everyAction = sql`
  WITH RECURSIVE actions AS (
    (SELECT action FROM audit_event ORDER BY action LIMIT 1)
    UNION ALL
    SELECT (SELECT e.action FROM audit_event e WHERE e.action > actions.action ORDER BY e.action LIMIT 1)
      FROM actions WHERE actions.action IS NOT NULL)
  SELECT action FROM actions WHERE action IS NOT NULL`;

/** Readers inside organizations must not learn of actions that occur only elsewhere. */
function recentActions(can: Can<'audit.read'>): ScopedSql {
  return sql`
    SELECT DISTINCT action FROM (
      SELECT action FROM audit_event e WHERE ${inScope(can, sql`e`)}
       ORDER BY at DESC, seq DESC LIMIT 5000) recent ORDER BY action`;
}
