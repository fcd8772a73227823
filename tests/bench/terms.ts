import type { Client } from 'pg';
import { writeUserCursor } from '@/features/users/list.schema';
import type { Visitor } from './visitors';

/** SQL for the people this visitor sees: inside an organization, open invitations among them. */
function peopleOf({ organizationId }: Visitor): string {
  return organizationId === null
    ? `(SELECT id, created_at, status, last_name, search FROM "user") p`
    : `(SELECT u.id, u.created_at, u.status, u.last_name, u.search FROM "user" u JOIN membership m ON m.user_id = u.id
         WHERE m.organization_id = '${organizationId}' UNION ALL
        SELECT id, created_at, 'invited', last_name, search FROM invitation
         WHERE organization_id = '${organizationId}' AND state = 'open') p`;
}

/** The address of the page that starts after nine tenths of the visitor's list, newest first. */
export async function deepAddress(client: Client, visitor: Visitor, size: number): Promise<string> {
  const shown = `FROM ${peopleOf(visitor)} WHERE status <> 'archived'`;
  const { rows } = await client.query<{ id: string; created_at: Date }>(
    `SELECT id, created_at ${shown} ORDER BY created_at DESC, id DESC
     OFFSET (SELECT floor(count(*) * 0.9) ${shown}) LIMIT 1`,
  );
  const row = rows[0];
  if (!row) throw new Error('the list is empty, so it has no page after nine tenths');
  const after = writeUserCursor('created', { values: [row.created_at.toISOString()], id: row.id });
  return `/users?size=${size}&after=${after}`;
}

export type Term = { name: string; q: string };

/** Terms that are rare, common, in every row or in none; one letter; two letters that many or no names begin with. */
export async function searchTerms(client: Client, visitor: Visitor): Promise<Term[]> {
  const { rows } = await client.query<{ name: string; count: number }>(
    `SELECT fold(last_name) AS name, count(*)::int AS count FROM ${peopleOf(visitor)}
      WHERE status = 'active' AND last_name ~ '^[A-Za-z]{5,}$' GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  const [common, rare] = [rows[0], rows.at(-1)];
  if (!common || !rare) throw new Error('a world without names cannot be searched');
  return [
    { name: 'rare', q: rare.name },
    { name: 'common', q: common.name },
    { name: 'every row', q: 'example' },
    { name: 'none', q: 'qxzzqj' },
    { name: 'one letter', q: 'a' },
    { name: 'two letters', q: 'an' },
    { name: 'two letters, none', q: 'xq' },
  ];
}
