import type { Client } from 'pg';

/** P6: every tab of the person with the most access, of the one with the longest history, and of an ordinary one. */
export async function personPages(client: Client): Promise<{ name: string; path: string }[]> {
  const { rows } = await client.query<Record<'most access' | 'longest history' | 'ordinary', string>>(
    `SELECT (SELECT user_id FROM (SELECT user_id FROM user_role UNION ALL SELECT user_id FROM membership_role
              UNION ALL SELECT user_id FROM group_member) a GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) AS "most access",
            (SELECT subject_id FROM audit_event e JOIN "user" u ON u.id = e.subject_id
              GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1) AS "longest history",
            (SELECT id FROM "user" WHERE status = 'active' ORDER BY created_at, id
             OFFSET (SELECT count(*) / 2 FROM "user" WHERE status = 'active') LIMIT 1) AS ordinary`,
  );
  const tabs = { profile: '', access: '/access', history: '/history' };
  return Object.entries(rows[0] ?? {}).flatMap(([person, id]) =>
    Object.entries(tabs).map(([tab, path]) => ({ name: `${tab}, ${person}`, path: `/users/${id}${path}` })),
  );
}
