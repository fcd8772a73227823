import type { Conflict } from '@/lib/form-state';
import type { Profile } from '@/lib/person-fields';
import type { ProfileField } from '@/lib/person-problems';
import { displayNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';
import { fieldLabels, type ProfileEdit, type WatchedField } from './profile.schema';

type Current = Profile & { id: string; email: string; status: string; version: number };

const editable: readonly ProfileField[] = ['firstName', 'lastName', 'phone', 'extension'];

/**
 * The fields others saved since the form was opened, and the values the form shows next: the sender's own changes, and
 * the saved value everywhere else. Null when nothing the form showed has changed. Some changes, such as accepting an
 * invitation under another name, do not raise the version, so the values the form showed are compared as well.
 */
export async function findConflict(
  can: Can,
  now: Current,
  { version, opened, profile: typed }: ProfileEdit,
): Promise<{ conflict: Conflict; values: Record<string, string> } | null> {
  const isMine = (field: ProfileField) => (typed[field] ?? '') !== (opened[field] ?? null);
  const touched = (Object.keys(fieldLabels) as WatchedField[]).filter((field) => {
    if (opened[field] === undefined && version === now.version) return false;
    return (now[field] ?? '') !== opened[field];
  });
  if (touched.length === 0) return null;
  const authors = await findAuthors(can, now, touched);
  const changes = touched
    .filter((field) => opened[field] !== undefined || editable.some((each) => each === field))
    .map((field) => ({
      field: fieldLabels[field],
      before: opened[field] || null,
      after: now[field] || null,
      by: authors[field]?.by ?? null,
      at: authors[field]?.at.toISOString() ?? null,
    }));
  const choices = editable
    .filter((field) => touched.includes(field) && isMine(field) && typed[field] !== now[field])
    .map((name) => ({ name, mine: typed[name] ?? '', theirs: now[name] ?? '' }));
  return {
    conflict: { version: String(now.version), changes, choices },
    values: {
      ...valuesOf(now),
      ...Object.fromEntries(editable.filter(isMine).map((field) => [field, typed[field] ?? ''])),
    },
  };
}

export function valuesOf(now: Current): Record<string, string> {
  const { id, version, email, status, firstName, lastName } = now;
  const phone = now.phone ?? '';
  const extension = now.extension ?? '';
  return {
    id,
    version: String(version),
    firstName,
    lastName,
    phone,
    extension,
    wasFirstName: firstName,
    wasLastName: lastName,
    wasPhone: phone,
    wasExtension: extension,
    wasEmail: email,
    wasStatus: status,
  };
}

type Author = { by: string; at: Date };
type Event = { at: Date; action: string; actorId: string | null; name: string | null; after: unknown };

const newest = 50;

async function findAuthors(
  can: Can,
  now: Current,
  fields: WatchedField[],
): Promise<Partial<Record<WatchedField, Author>>> {
  const reader = can.as('audit.read');
  if (!reader) return {};
  const events = await can.read<Event>(sql`
    SELECT e.at, e.action, e.actor_id AS "actorId", d.body->'after' AS after,
           ${displayNameSql(sql`a`)} AS name
      FROM audit_event e JOIN audit_detail d ON d.event_id = e.id LEFT JOIN "user" a ON a.id = e.actor_id
     WHERE e.subject_id = ${now.id}::uuid AND e.subject_type = 'user'
       AND ${within(reader, 'audit.read', sql`e.organization_id`)}
     ORDER BY e.seq DESC LIMIT ${newest}::int`);
  const authors: Partial<Record<WatchedField, Author>> = {};
  for (const field of fields) {
    const event = events.find(({ after }) => hasValue(after, field, now[field]));
    const by = event && authorOf(can, event);
    if (by) authors[field] = { at: event.at, by };
  }
  return authors;
}

/** These come from a mailed link, which is used without signing in, and only the person has it. */
const byLink = ['user.activated', 'user.email_changed'];

function authorOf(can: Can, event: Event): string | null {
  if (event.actorId === null && byLink.includes(event.action)) return 'The person themselves';
  return event.actorId === can.actor.id ? 'You' : event.name;
}

function hasValue(after: unknown, field: WatchedField, value: string | null): boolean {
  if (after === null || typeof after !== 'object' || !(field in after)) return false;
  return ((after as Record<string, unknown>)[field] ?? null) === value;
}
