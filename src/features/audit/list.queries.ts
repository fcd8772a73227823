import { currentAction, storedActions } from '@/lib/audit-actions';
import { cutPage } from '@/lib/page-cut';
import { onDays } from '@/server/db/days';
import { join, type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { reachOf, unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import { findInvolved, type Involved, involvedIn } from './involved.queries';
import { organizationPath, subjectPath } from './links.policy';
import type { AuditFilter } from './list.schema';
import {
  actorColumns,
  detailsOf,
  joins,
  type NamedActor,
  type NamedSubject,
  namesOf,
  subjectColumns,
  type View,
  viewOf,
} from './names.queries';
import { branchesOf, inScope, type Named, newestPage, orderOf } from './newest-events.queries';

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

export type AuditPage = { rows: AuditRow[]; previous: AuditRow | null; next: AuditRow | null; isTooMany: boolean };

/**
 * Newest first. Every filter has an index that continues with time and number, so every page costs the same. A search
 * for more people than `mostInvolved` reads no events.
 */
export async function listAuditEvents(can: Can<'audit.read'>, filter: AuditFilter, pageSize = 50): Promise<AuditPage> {
  const sought = await findNamed(can, filter);
  const named = fewOf(sought);
  if (!named) return { rows: [], previous: null, next: null, isTooMany: true };
  const branches = branchesOf(can, named, filter.action ? storedActions(filter.action) : undefined);
  const page = newestPage(can, matches(can, filter, sought), branches, filter, pageSize + 1);
  const rows = await can.read<Found>(sql`
    WITH RECURSIVE ${page} SELECT ${columns(viewOf(can))} FROM page e ${joins} ${orderOf(sql`e`, filter)}`);
  const shown = rows.map((row) => withPaths(can, row));
  return { ...cutPage(shown, pageSize, filter), isTooMany: false };
}

/** SQL parts of the whole list for an export: rows `e` in the list's order, their names, and their details `d`. */
export async function wholeAuditLog(can: Can<'audit.read'>, filter: AuditFilter) {
  const sought = await findNamed(can, filter);
  return {
    from: sql`audit_event e ${joins} LEFT JOIN audit_detail d ON d.event_id = e.id`,
    where: sql`${inScope(can, sql`e`)} AND ${matches(can, filter, sought)}`,
    order: orderOf(sql`e`, {}),
    names: namesOf(viewOf(can)),
    details: detailsOf(can),
  };
}

type Side = keyof Omit<Named, 'organizationId'>;
type Sought = Pick<Named, 'organizationId'> & { [S in Side]: Named[S] | 'too many' };

function fewOf({ actor, subject, either, organizationId }: Sought): Named | null {
  if (actor === 'too many' || subject === 'too many' || either === 'too many') return null;
  return { actor, subject, either, organizationId };
}

function matches(can: Can<'audit.read'>, filter: AuditFilter, sought: Sought): Sql {
  const list = [sql`true`, ...onDays(sql`e.at`, filter, can.timeZone)];
  const typed = { actor: filter.actor, subject: filter.subject, either: filter.q };
  for (const side of ['actor', 'subject', 'either'] as const) {
    const found = sought[side];
    if (found) list.push(involves(can, side, found, typed[side] ?? ''));
  }
  if (sought.organizationId) list.push(sql`e.organization_id = ${sought.organizationId}::uuid`);
  if (filter.action) list.push(sql`e.action = ANY(${storedActions(filter.action)}::text[])`);
  return join(list, ' AND ');
}

/** Too many to name are looked up by the statement itself, which reads the whole log. */
function involves(can: Can<'audit.read'>, side: Side, found: Involved | 'too many', typed: string): Sql {
  const isAmong = (column: Sql, kinds: (keyof Involved)[]): Sql => {
    if (found !== 'too many') return sql`${column} = ANY(${kinds.flatMap((kind) => found[kind])}::uuid[])`;
    const sets = involvedIn(can, typed);
    return sql`(${join(
      kinds.map((kind) => sql`${column} IN (${sets[kind]})`),
      ' OR ',
    )})`;
  };
  const isActor = isAmong(sql`e.actor_id`, ['people']);
  const isSubject = isAmong(sql`e.subject_id`, ['people', 'records']);
  if (side === 'either') return sql`(${isActor} OR ${isSubject})`;
  return side === 'actor' ? isActor : isSubject;
}

const noPlace = '00000000-0000-0000-0000-000000000000';

async function findNamed(can: Can<'audit.read'>, filter: AuditFilter): Promise<Sought> {
  const { actor, subject, q, organization } = filter;
  const find = (typed: string | undefined) => (typed ? findInvolved(can, typed) : null);
  const [byActor, bySubject, byEither, place] = await Promise.all([
    find(actor),
    find(subject),
    find(q),
    organization
      ? can.read(unscoped('only the id to compare with, and the events are in scope'), (tables) =>
          tables.organization.findUnique({ where: { slug: organization }, select: { id: true } }),
        )
      : null,
  ]);
  return {
    actor: byActor,
    subject: bySubject,
    either: byEither,
    organizationId: organization ? (place?.id ?? noPlace) : null,
  };
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
