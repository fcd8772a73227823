import { displayNameSql } from '@/server/db/names';
import { empty, sql } from '@/server/db/sql';
import { narrowedTo, within } from '@/server/scope';
import type { Can } from '@/server/work';

export type Author = { by: string; at: Date };

type Event = { at: Date; actorId: string | null; name: string | null; before: unknown; after: unknown };
type Place = { userId: string; organizationId: string | null };
type Change = { was: Map<string, string>; granted: Map<string, string> };

/** For readers of the audit log. A change must explain these roles: no name is better than the wrong one. */
export async function findRoleAuthor(can: Can, { userId, organizationId }: Place, change: Change) {
  const reader = can.as('audit.read');
  if (!reader?.may('audit.read', organizationId)) return null;
  const actions =
    organizationId === null ? ['role.granted', 'role.revoked'] : ['membership.added', 'membership.changed'];
  const onPlatform = organizationId === null ? sql`AND e.organization_id IS NULL` : empty;
  const [event] = await reader.read<Event>(sql`
    SELECT e.at, e.actor_id AS "actorId", d.body->'before' AS before, d.body->'after' AS after,
           ${displayNameSql(sql`a`)} AS name
      FROM audit_event e JOIN audit_detail d ON d.event_id = e.id LEFT JOIN "user" a ON a.id = e.actor_id
     WHERE e.subject_id = ${userId}::uuid AND e.action = ANY(${actions}::text[])
       AND ${within(narrowedTo(reader, organizationId), 'audit.read', sql`e.organization_id`)} ${onPlatform}
     ORDER BY e.seq DESC LIMIT 1`);
  if (!event?.name || !explains(event, organizationId, change)) return null;
  return { at: event.at, by: event.actorId === can.actor.id ? 'You' : event.name } satisfies Author;
}

function explains({ before, after }: Event, organizationId: string | null, { was, granted }: Change): boolean {
  if (organizationId !== null) {
    const made = fieldOf(after, 'roles');
    const names = [...granted.values()];
    return Array.isArray(made) && made.length === names.length && names.every((name) => made.includes(name));
  }
  // On the platform each role has an event of its own.
  const [added, removed] = [String(fieldOf(after, 'key')), String(fieldOf(before, 'key'))];
  return (granted.has(added) && !was.has(added)) || (was.has(removed) && !granted.has(removed));
}

function fieldOf(body: unknown, field: string): unknown {
  return body !== null && typeof body === 'object' ? (body as Record<string, unknown>)[field] : undefined;
}
