import { parseEmail } from '@/lib/email';
import { isId } from '@/lib/ids';
import { cutPage } from '@/lib/page-cut';
import { noDetails } from '@/server/audit-chain/hashes';
import { onDays } from '@/server/db/days';
import { join, type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Can, Scope } from '@/server/work';
import { branchOf, inScope, type Named, newestPage, orderOf } from './newest/queries';
import type { AuditFilter } from './schema';

export type AuditRow = {
  id: string;
  at: Date;
  action: string;
  actorKind: 'user' | 'system' | 'operator' | 'anonymous';
  actorId: string | null;
  actorName: string | null;
  actorEmail: string | null;
  /** Whether the reader may open the actor's page; the name is told in any case. */
  isActorInView: boolean;
  subjectType: string;
  subjectId: string | null;
  subjectName: string | null;
  isSubjectInView: boolean;
  organization: string | null;
};

const pageSize = 50;

const subjectName = sql`
  coalesce(nullif(btrim(s.first_name || ' ' || s.last_name), ''), s.email, so.name, sg.name, si.email)`;

const columns = (scope: Scope) => sql`
  e.id, e.at, e.action,
  ${actorColumns(scope)},
  e.subject_type AS "subjectType", e.subject_id AS "subjectId", o.name AS organization,
  ${subjectName} AS "subjectName", e.subject_type <> 'user' OR ${isInView(scope, sql`e.subject_id`)} AS "isSubjectInView"`;

/** Names are joined for the page's rows only, after the limit. */
const joins = sql`
  LEFT JOIN "user" a ON a.id = e.actor_id
  LEFT JOIN "user" s ON e.subject_type = 'user' AND s.id = e.subject_id
  LEFT JOIN organization so ON e.subject_type = 'organization' AND so.id = e.subject_id
  LEFT JOIN "group" sg ON e.subject_type = 'group' AND sg.id = e.subject_id
  LEFT JOIN invitation si ON e.subject_type = 'invitation' AND si.id = e.subject_id
  LEFT JOIN organization o ON o.id = e.organization_id`;

/** Newest first. Every filter is an index that goes on with time and number, so a page costs the same wherever it lies. */
export async function listAuditEvents(can: Can<'audit.read'>, filter: AuditFilter) {
  const named = await findNamed(can, filter);
  const scope = can.scope('audit.read');
  const branch = branchOf(scope, named, filter.action);
  const page = newestPage(scope, matches(can, filter, named), branch, filter, pageSize + 1);
  const rows = await can.db.$queryRaw<AuditRow[]>`
    WITH RECURSIVE ${page} SELECT ${columns(scope)} FROM page e ${joins} ${orderOf(sql`e`, filter)}`;
  return cutPage(rows, pageSize, filter);
}

/** The same list whole, for a file: its rows `e` in its order, the names beside them, and the details `d`. */
export async function wholeAuditLog(can: Can<'audit.read'>, filter: AuditFilter) {
  const named = await findNamed(can, filter);
  return {
    from: sql`audit_event e ${joins} LEFT JOIN audit_detail d ON d.event_id = e.id`,
    where: sql`${inScope(can.scope('audit.read'), sql`e`)} AND ${matches(can, filter, named)}`,
    order: orderOf(sql`e`, {}),
    subjectName,
  };
}

/** What the filter asks of `audit_event e`. Its days are those of the reader's calendar, both included. */
function matches({ preference }: Can, filter: AuditFilter, named: Named): Sql {
  const list = [sql`true`, ...onDays(sql`e.at`, filter, preference.timeZone ?? 'UTC')];
  if (named.actorId) list.push(sql`e.actor_id = ${named.actorId}::uuid`);
  if (named.subjectId) list.push(sql`e.subject_id = ${named.subjectId}::uuid`);
  if (named.organizationId) list.push(sql`e.organization_id = ${named.organizationId}::uuid`);
  if (filter.action) list.push(sql`e.action = ${filter.action}`);
  return join(list, ' AND ');
}

/** Who did `e`, for <Actor>; `a` is their row. */
export function actorColumns(scope: Scope): Sql {
  return sql`
    e.actor_kind AS "actorKind", e.actor_id AS "actorId", a.email AS "actorEmail",
    nullif(btrim(a.first_name || ' ' || a.last_name), '') AS "actorName", ${isInView(scope, sql`e.actor_id`)} AS "isActorInView"`;
}

/** Whether the page of the person opens for the reader: inside organizations, while they are a member of one. */
function isInView(scope: Scope, id: Sql): Sql {
  if (scope.all) return sql`true`;
  return sql`EXISTS (SELECT 1 FROM membership m WHERE m.user_id = ${id} AND m.organization_id = ANY(${scope.organizationIds}::uuid[]))`;
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
  const user = await can.db.user.findUnique({ where: { email: parsed.email }, select: { id: true } });
  return user?.id ?? nobody;
}

/** One event with its details, null where it has none or those were forgotten. Outside the reader's scope it is not found. */
export async function getAuditEvent(can: Can<'audit.read'>, id: string) {
  if (!isId(id)) throw new Fail('not_found');
  const scope = can.scope('audit.read');
  const [row] = await can.db.$queryRaw<
    (AuditRow & { requestId: string | null; body: unknown; isForgotten: boolean; isSealed: boolean })[]
  >`
    SELECT ${columns(scope)}, e.request_id AS "requestId", d.body,
           d.event_id IS NULL AND encode(e.detail_hash, 'hex') <> ${noDetails} AS "isForgotten",
           EXISTS (SELECT 1 FROM audit_seal seal WHERE seal.last_seq >= e.seq) AS "isSealed"
      FROM audit_event e ${joins} LEFT JOIN audit_detail d ON d.event_id = e.id
     WHERE e.id = ${id}::uuid AND ${inScope(scope, sql`e`)}`;
  if (!row) throw new Fail('not_found');
  return row;
}

/** The actions that occur, for the filter: found by jumping along the index, not by reading the log. */
export async function listAuditActions(can: Can<'audit.read'>): Promise<string[]> {
  const scope = can.scope('audit.read');
  const rows = await can.db.$queryRaw<{ action: string }[]>(scope.all ? everyAction : recentActions(scope));
  return rows.map((row) => row.action);
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
