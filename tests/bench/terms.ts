import type { Client } from 'pg';
import { writeUserCursor } from '@/features/users/list.schema';
import type { Visitor } from './visitors';

/** SQL for the people this visitor sees: inside an organization, open invitations among them. */
function peopleOf({ organizationId }: Visitor): string {
  return organizationId === null
    ? `(SELECT id, created_at, status, last_name, first_key, last_key, phone FROM "user") p`
    : `(SELECT u.id, u.created_at, u.status, u.last_name, u.first_key, u.last_key, u.phone
          FROM "user" u JOIN membership m ON m.user_id = u.id WHERE m.organization_id = '${organizationId}' UNION ALL
        SELECT id, created_at, 'invited', last_name, fold(first_name), fold(last_name), phone FROM invitation
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

/**
 * Terms that are rare, common, in every row or in none; several words, also frequent ones that rarely meet; one letter and
 * two; a phone number, its country, and one that nobody has.
 */
export async function searchTerms(client: Client, visitor: Visitor): Promise<Term[]> {
  const { rows } = await client.query<{ name: string; count: number }>(
    `SELECT fold(last_name) AS name, count(*)::int AS count FROM ${peopleOf(visitor)}
      WHERE status = 'active' AND last_name ~ '^[A-Za-z]{5,}$' GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  const [common, rare] = [rows[0], rows.at(-1)];
  if (!common || !rare) throw new Error('a world without names cannot be searched');
  const { rows: found } = await client.query<{ often: string; rarely: string; phone: string | null }>(
    `WITH person AS MATERIALIZED (SELECT first_key AS f, last_key AS l, phone FROM ${peopleOf(visitor)}
                                   WHERE first_key ~ '^[a-z]{3,}$' AND last_key ~ '^[a-z]{3,}$'),
          first AS (SELECT f, count(*) AS n FROM person GROUP BY 1 ORDER BY 2 DESC LIMIT 50),
          last AS (SELECT l, count(*) AS n FROM person GROUP BY 1 ORDER BY 2 DESC LIMIT 200),
          pair AS (SELECT f, l, count(*) AS n FROM person GROUP BY 1, 2),
          met AS (SELECT f, l, coalesce(pair.n, 0) AS n, least(first.n, last.n) AS frequent
                    FROM first CROSS JOIN last LEFT JOIN pair USING (f, l))
     SELECT (SELECT l || ', ' || f FROM met ORDER BY n DESC, f, l LIMIT 1) AS often,
            (SELECT f || ' ' || l FROM met ORDER BY n / frequent::float8, f, l LIMIT 1) AS rarely,
            (SELECT phone FROM person WHERE phone IS NOT NULL ORDER BY phone DESC LIMIT 1) AS phone`,
  );
  const { often = '', rarely = '', phone } = found[0] ?? {};
  return [
    { name: 'rare', q: rare.name },
    { name: 'common', q: common.name },
    { name: 'every row', q: 'example' },
    { name: 'none', q: 'qxzzqj' },
    { name: 'two words', q: often },
    { name: 'two words that rarely meet', q: rarely },
    { name: 'every row and none', q: 'example qxzzqj' },
    { name: 'one letter', q: 'a' },
    { name: 'two letters', q: 'an' },
    { name: 'two letters, none', q: 'xq' },
    { name: 'two beginnings', q: 'an de' },
    { name: 'phone', q: phone?.slice(4) ?? '15000000003' },
    { name: 'phone of many', q: phone?.slice(0, 6) ?? '+49150' },
    { name: 'phone, none', q: '98989898' },
  ];
}
