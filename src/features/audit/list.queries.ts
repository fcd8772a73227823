import { currentAction, storedActions } from '@/lib/audit-words';
import { parseEmail } from '@/lib/email';
import { isId } from '@/lib/ids';
import { cutPage } from '@/lib/page-cut';
import { onDays } from '@/server/db/days';
import { join, type Sql, sql } from '@/server/db/sql';
import type { Can, Scope } from '@/server/work';
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
  viewOf,
} from './names.queries';
import { branchOf, inScope, type Named, newestPage, orderOf } from './newest-events.queries';

export type AuditRow = NamedActor &
  NamedSubject & {
    id: string;
    at: Date;
    action: string;
    organization: string | null;
    /** Null where there is no page, or none that opens for the reader. */
    subjectPath: string | null;
    organizationPath: string | null;
  };

export type Found = Omit<AuditRow, 'subjectPath' | 'organizationPath'> & {
  subjectSlug: string | null;
  organizationId: string | null;
  organizationSlug: string | null;
};

const pageSize = 50;

export const columns = (view: Scope) => sql`
  e.id, e.at, e.action, ${actorColumns(view)}, ${subjectColumns(view)},
  e.organization_id AS "organizationId", o.slug AS "organizationSlug", o.name AS organization`;

export function withPaths<Row extends Found>(can: Can, row: Row) {
  const { subjectSlug, organizationId, organizationSlug, ...told } = row;
  return {
    ...told,
    subjectPath: subjectPath(can, row),
    organizationPath: organizationPath(can, organizationId, organizationSlug),
  };
}

/** Newest first. Every filter is an index that goes on with time and number, so a page costs the same wherever it lies. */
export async function listAuditEvents(can: Can<'audit.read'>, filter: AuditFilter) {
  const named = await findNamed(can, filter);
  const scope = can.scope('audit.read');
  const branch = branchOf(scope, named, filter.action ? storedActions(filter.action) : undefined);
  const page = newestPage(scope, matches(can, filter, named), branch, filter, pageSize + 1);
  const rows = await can.db.$queryRaw<Found[]>`
    WITH RECURSIVE ${page} SELECT ${columns(viewOf(can))} FROM page e ${joins} ${orderOf(sql`e`, filter)}`;
  return cutPage(
    rows.map((row) => withPaths(can, row)),
    pageSize,
    filter,
  );
}

/** The same list whole, for a file: its rows `e` in its order, the names beside them, and the details `d`. */
export async function wholeAuditLog(can: Can<'audit.read'>, filter: AuditFilter) {
  const named = await findNamed(can, filter);
  return {
    from: sql`audit_event e ${joins} LEFT JOIN audit_detail d ON d.event_id = e.id`,
    where: sql`${inScope(can.scope('audit.read'), sql`e`)} AND ${matches(can, filter, named)}`,
    order: orderOf(sql`e`, {}),
    names: namesOf(viewOf(can)),
    details: detailsOf(viewOf(can)),
  };
}

/** What the filter asks of `audit_event e`. Its days are those of the reader's calendar, both included. */
function matches({ timeZone }: Can, filter: AuditFilter, named: Named): Sql {
  const list = [sql`true`, ...onDays(sql`e.at`, filter, timeZone)];
  if (named.actorId) list.push(sql`e.actor_id = ${named.actorId}::uuid`);
  if (named.subjectId) list.push(sql`e.subject_id = ${named.subjectId}::uuid`);
  if (named.organizationId) list.push(sql`e.organization_id = ${named.organizationId}::uuid`);
  if (filter.action) list.push(sql`e.action = ANY(${storedActions(filter.action)}::text[])`);
  return join(list, ' AND ');
}

/** Has no account, no organization and no event. */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Actor and subject are named by address or id. What nobody has is searched for all the same: an answer without a search
 * would tell readers inside organizations by its speed who has an account elsewhere.
 */
async function findNamed(can: Can<'audit.read'>, filter: AuditFilter): Promise<Named> {
  const { actor, subject, organization } = filter;
  const [actorId, subjectId, place] = await Promise.all([
    actor ? findId(can, actor) : null,
    subject ? findId(can, subject) : null,
    organization ? can.db.organization.findUnique({ where: { slug: organization }, select: { id: true } }) : null,
  ]);
  return { actorId, subjectId, organizationId: organization ? (place?.id ?? nobody) : null };
}

async function findId(can: Can<'audit.read'>, value: string): Promise<string> {
  if (isId(value)) return value;
  const parsed = parseEmail(value);
  if (!parsed.ok) return nobody;
  // Whose address is out of view is nobody here: a hit would tell what the address of a former member is now.
  const [user] = await can.db.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM "user" u WHERE u.email = ${parsed.email} AND ${isInView(viewOf(can), sql`u.id`)}`;
  return user?.id ?? nobody;
}

/** The actions that occur, for the filter: found by jumping along the index, not by reading the log. */
export async function listAuditActions(can: Can<'audit.read'>): Promise<string[]> {
  const scope = can.scope('audit.read');
  const rows = await can.db.$queryRaw<{ action: string }[]>(scope.all ? everyAction : recentActions(scope));
  return [...new Set(rows.map(({ action }) => currentAction(action)))].sort();
}

const everyAction = sql`
  WITH RECURSIVE actions AS (
    (SELECT action FROM audit_event ORDER BY action LIMIT 1)
    UNION ALL
    SELECT (SELECT e.action FROM audit_event e WHERE e.action > actions.action ORDER BY e.action LIMIT 1)
      FROM actions WHERE actions.action IS NOT NULL)
  SELECT action FROM actions WHERE action IS NOT NULL`;

/** Inside organizations only what happened there: an action that occurs elsewhere alone is nobody's business here. */
function recentActions(scope: { organizationIds: string[] }): Sql {
  return sql`
    SELECT DISTINCT action FROM (
      SELECT action FROM audit_event WHERE organization_id = ANY(${scope.organizationIds}::uuid[])
       ORDER BY at DESC, seq DESC LIMIT 5000) recent ORDER BY action`;
}
