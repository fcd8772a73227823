import { empty, type Sql, sql } from '@/server/db/sql';
import { reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';

type Reader = Can<'users.read'>;

export type AccessColumn = 'roles' | 'groups' | 'organization';

/** Rows of `holder` and `name`: everybody, or only `who`. Limited to the reader's organizations. */
export function accessRows(what: AccessColumn, reader: Reader, who: Sql | null): Sql {
  const inside = (column: Sql) => within(reader, 'users.read', column);
  const of = (column: Sql) => (who ? sql`${column} = ${who}` : sql`true`);
  if (what === 'organization') {
    return sql`
      SELECT m.user_id AS holder, o.name FROM membership m JOIN organization o ON o.id = m.organization_id
       WHERE ${of(sql`m.user_id`)} AND ${inside(sql`m.organization_id`)}`;
  }
  if (what === 'groups') {
    return sql`
      SELECT gm.user_id AS holder, g.name FROM group_member gm JOIN "group" g ON g.id = gm.group_id
       WHERE ${of(sql`gm.user_id`)} AND ${inside(sql`g.organization_id`)}`;
  }
  const onPlatform = sql`SELECT ur.user_id, ur.role_id FROM user_role ur WHERE ${of(sql`ur.user_id`)} UNION ALL`;
  return sql`
    SELECT h.user_id AS holder, r.name FROM (
      ${reachOf(reader, 'users.read') === 'platform' ? onPlatform : empty}
      SELECT mr.user_id, mr.role_id FROM membership_role mr
       WHERE ${of(sql`mr.user_id`)} AND ${inside(sql`mr.organization_id`)}
      UNION ALL
      SELECT gm.user_id, gr.role_id FROM group_member gm JOIN group_role gr ON gr.group_id = gm.group_id
        JOIN "group" g ON g.id = gm.group_id WHERE ${of(sql`gm.user_id`)} AND ${inside(sql`g.organization_id`)}
    ) h JOIN role r ON r.id = h.role_id`;
}

/** One person's names as an array. Use it for few people. */
export function namesOf(what: AccessColumn, reader: Reader, who: Sql): Sql {
  return sql`ARRAY(SELECT DISTINCT x.name FROM (${accessRows(what, reader, who)}) x ORDER BY 1)`;
}

/** Collects everybody's names once: a million look-ups take five times as long. */
export function joinNames(what: AccessColumn, reader: Reader, who: Sql): Sql {
  return sql`
    LEFT JOIN (SELECT x.holder, array_agg(DISTINCT x.name ORDER BY x.name) AS names
                 FROM (${accessRows(what, reader, null)}) x GROUP BY 1) ${gathered(what)}
      ON ${gathered(what)}.holder = ${who}`;
}

export function gathered(what: AccessColumn): Sql {
  return { roles: sql`all_roles`, groups: sql`all_groups`, organization: sql`all_organizations` }[what];
}
