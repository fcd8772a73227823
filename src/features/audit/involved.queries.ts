import { invitationSearch } from '@/features/invitations/list.queries';
import { personSearch } from '@/features/users/list-conditions.queries';
import { isId } from '@/lib/ids';
import { holdsWords } from '@/server/db/names';
import { type ScopedSql, sql } from '@/server/db/sql';
import { nowhere, reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { viewOf } from './names.queries';

/** Who can be an actor or a subject, and what can only be a subject: invitations, organizations and groups. */
export type Involved = { people: string[]; records: string[] };

/** Reading the newest events of more would take longer than the page. */
export const mostInvolved = 25;

const noId = '00000000-0000-0000-0000-000000000000';

/**
 * What an event must involve, by an id or by words of a name or an address, up to `mostInvolved`. People
 * outside the reader's view are not found: a hit would reveal a former member's current address. Somebody unknown gets an
 * id that nobody has, because a faster answer would show who has an account elsewhere.
 */
export async function findInvolved(can: Can<'audit.read'>, typed: string): Promise<Involved | 'too many'> {
  if (isId(typed)) return { people: [typed], records: [] };
  const matching = involvedIn(can, typed);
  const limit = sql`LIMIT ${mostInvolved + 1}::int`;
  // Materialized, or the planner would read a whole table in the hope of early matches.
  const rows = await can.read<{ id: string; isPerson: boolean }>(sql`
    WITH person AS MATERIALIZED (${matching.people}), record AS MATERIALIZED (${matching.records})
    (SELECT DISTINCT id, true AS "isPerson" FROM (SELECT id FROM person ${limit}) p)
    UNION ALL
    (SELECT id, false FROM record ${limit})`);
  if (rows.length > mostInvolved) return 'too many';
  const idsOf = (isPerson: boolean) => rows.filter((row) => row.isPerson === isPerson).map(({ id }) => id);
  const people = idsOf(true);
  return { people: rows.length > 0 ? people : [noId], records: idsOf(false) };
}

/** The same as subqueries, for a statement that reads all of them. */
export function involvedIn(can: Can<'audit.read'>, typed: string): { people: ScopedSql; records: ScopedSql } {
  const inside = (column: ReturnType<typeof sql>) => within(can, 'audit.read', column);
  return {
    people: peopleIn(can, typed),
    records: sql`
      SELECT i.id FROM invitation i WHERE ${inside(sql`i.organization_id`)} AND (${invitationSearch(typed) ?? nowhere})
      UNION ALL
      SELECT o.id FROM organization o WHERE ${inside(sql`o.id`)} AND ${holdsWords(sql`o.name_key`, typed)}
      UNION ALL
      SELECT g.id FROM "group" g WHERE ${inside(sql`g.organization_id`)} AND ${holdsWords(sql`g.name_key`, typed)}`,
  };
}

function peopleIn(can: Can<'audit.read'>, typed: string): ScopedSql {
  const view = viewOf(can);
  if (!view) return sql`SELECT NULL::uuid AS id WHERE ${nowhere}`;
  const isPlatform = reachOf(view, 'users.read') === 'platform';
  const table = isPlatform ? sql`"user" p` : sql`membership p`;
  return sql`
    SELECT ${isPlatform ? sql`p.id` : sql`p.user_id AS id`} FROM ${table}
     WHERE ${within(view, 'users.read', sql`p.organization_id`)} AND (${personSearch(typed, 'person') ?? nowhere})`;
}
