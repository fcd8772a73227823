import { isInView as isPersonInView } from '@/features/users/view.queries';
import { storedActions } from '@/lib/audit-actions';
import { displayNameSql, fullNameSql } from '@/server/db/names';
import { type ScopedSql, type Sql, sql } from '@/server/db/sql';
import { nowhere, reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';

export type NamedActor = {
  actorKind: 'user' | 'system' | 'operator' | 'anonymous';
  actorId: string | null;
  /** Always shown; empty if the person gave no name, null if nobody is found. */
  actorName: string | null;
  /** Null unless the reader may open the actor's page. */
  actorEmail: string | null;
};

export type NamedSubject = {
  subjectType: string;
  subjectId: string | null;
  subjectName: string | null;
  /** Null for subjects without an email address and for people outside the reader's view. */
  subjectEmail: string | null;
};

/** Joined after the limit, so that names are read for one page of rows only. */
export const joins = sql`
  LEFT JOIN "user" a ON a.id = e.actor_id
  LEFT JOIN "user" s ON e.subject_type = 'user' AND s.id = e.subject_id
  LEFT JOIN organization so ON e.subject_type = 'organization' AND so.id = e.subject_id
  LEFT JOIN "group" sg ON e.subject_type = 'group' AND sg.id = e.subject_id
  LEFT JOIN invitation si ON e.subject_type = 'invitation' AND si.id = e.subject_id
  LEFT JOIN upload su ON e.subject_type = 'import' AND su.plan_id = e.subject_id
  LEFT JOIN organization o ON o.id = e.organization_id`;

/** For the people whose pages the reader may open. Everybody else is shown by name only. */
export type View = Can<'users.read'> | null;

export function viewOf(can: Can): View {
  return can.as('users.read');
}

/** The names of the actor and subject of `e`; needs `joins`. */
export function namesOf(view: View) {
  return {
    actor: sql`${fullNameSql(sql`a`)}`,
    actorEmail: sql`CASE WHEN ${isInView(view, sql`e.actor_id`)} THEN a.email END`,
    subject: sql`coalesce(${fullNameSql(sql`s`)}, so.name, sg.name,
                          ${fullNameSql(sql`si`)}, su.file_name)`,
    subjectEmail: sql`CASE WHEN e.subject_type <> 'user' THEN si.email
                           WHEN ${isInView(view, sql`e.subject_id`)} THEN s.email END`,
  };
}

export function actorColumns(view: View): Sql {
  const { actor, actorEmail } = namesOf(view);
  return sql`
    e.actor_kind AS "actorKind", e.actor_id AS "actorId", ${actor} AS "actorName", ${actorEmail} AS "actorEmail"`;
}

export function subjectColumns(view: View): Sql {
  const { subject, subjectEmail } = namesOf(view);
  return sql`
    e.subject_type AS "subjectType", e.subject_id AS "subjectId", ${subject} AS "subjectName",
    ${subjectEmail} AS "subjectEmail", so.slug AS "subjectSlug"`;
}

/**
 * The details `d` of `e`, without the network address of an actor outside the reader's view. Readers inside organizations
 * do not get the reasons that somebody of the platform wrote.
 */
export function detailsOf(can: Can<'audit.read'>): Sql {
  const isSeen = isInView(viewOf(can), sql`e.actor_id`);
  const body = sql`(CASE WHEN e.actor_kind <> 'user' OR ${isSeen} THEN d.body ELSE d.body - 'ip' END)`;
  if (reachOf(can, 'audit.read') === 'platform') return body;
  const own = sql`CASE WHEN e.actor_kind = 'system' OR d.body #>> '{after,by}' = 'organization' THEN ${body} ELSE ${body} - 'reason' END`;
  return sql`
    CASE WHEN NOT e.action = ANY(${withReason}::text[]) THEN ${body}
         WHEN d.body #>> '{before,by}' = 'organization' THEN ${own} ELSE (${own}) #- '{before,reason}' END`;
}

/** Stored names of the actions for which somebody writes a reason. Their details say in `by` whether it was the platform. */
const withReason = (
  [
    'user.deactivated',
    'user.reactivated',
    'user.archived',
    'user.restored',
    'membership.ended',
    'organization.deactivated',
    'organization.reactivated',
  ] as const
).flatMap(storedActions);

/** Readers inside organizations may open a person's page while that person is a member of one. */
export function isInView(view: View, id: Sql): ScopedSql {
  return view ? isPersonInView(view, 'users.read', id) : nowhere;
}

const anId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Names by id for the roles, groups and organizations in the details, and for people if the reader may see everybody.
 * Those readers also get a short form of ids that are deleted or have no name. For others such ids stay hidden.
 */
export async function namesIn(can: Can<'audit.read'>, rows: { body: unknown }[]): Promise<Record<string, string>> {
  const list = [...new Set(rows.flatMap(({ body }) => JSON.stringify(body ?? null).match(anId) ?? []))];
  if (list.length === 0) return {};
  const here = within(can, 'audit.read', sql`o.id`);
  const seesEverybody = can.may('users.read', null);
  const named = await can.read<{ id: string; name: string }>(sql`
    SELECT id, name FROM role WHERE id = ANY(${list}::uuid[])
    UNION ALL
    SELECT g.id, g.name FROM "group" g LEFT JOIN organization o ON o.id = g.organization_id
     WHERE g.id = ANY(${list}::uuid[]) AND ${here}
    UNION ALL
    SELECT o.id, o.name FROM organization o WHERE o.id = ANY(${list}::uuid[]) AND ${here}
    UNION ALL
    SELECT id, ${displayNameSql(sql`"user"`)} FROM "user"
     WHERE id = ANY(${list}::uuid[]) AND ${seesEverybody}`);
  const nameless = seesEverybody ? list.map((id) => [id, `…${id.slice(-6)}`]) : [];
  return Object.fromEntries([...nameless, ...named.map(({ id, name }) => [id, name])]);
}
