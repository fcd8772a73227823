import { empty, type Sql, sql } from '@/server/db/sql';
import { reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';

type Reader = Can<'users.read'>;

const pendingColumns = {
  pending_roles: sql`pending_roles`,
  pending_groups: sql`pending_groups`,
  pending_organization: sql`pending_organizations`,
};
type PendingColumn = keyof typeof pendingColumns;

export type AccessColumn = 'roles' | 'groups' | 'organization' | PendingColumn;

/** Rows of `holder` and `name`: everybody, or only `who`. Limited to the reader's organizations. */
export function accessRows(what: AccessColumn, reader: Reader, who: Sql | null): Sql {
  const inside = (column: Sql) => within(reader, 'users.read', column);
  const of = (column: Sql) => (who ? sql`${column} = ${who}` : sql`true`);
  if (isPending(what)) return pendingRows(what, reader, of);
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

function isPending(what: AccessColumn): what is PendingColumn {
  return Object.hasOwn(pendingColumns, what);
}

/** What waits in open invitations. The holder is the invitation itself, and on the platform also its person. */
function pendingRows(what: PendingColumn, reader: Reader, of: (column: Sql) => Sql): Sql {
  const inside = (column: Sql) => within(reader, 'users.read', column);
  const ofPeople = sql`
    SELECT w.id, w.user_id AS holder, w.organization_id FROM invitation w WHERE w.state = 'open' AND ${of(sql`w.user_id`)}
     UNION ALL`;
  const waiting = sql`(
    ${reachOf(reader, 'users.read') === 'platform' ? ofPeople : empty}
    SELECT w.id, w.id AS holder, w.organization_id FROM invitation w
     WHERE w.state = 'open' AND ${of(sql`w.id`)} AND ${inside(sql`w.organization_id`)}) w`;
  if (what === 'pending_organization') {
    return sql`SELECT w.holder, o.name FROM ${waiting} JOIN organization o ON o.id = w.organization_id`;
  }
  const groups = sql`
    ${waiting} JOIN invitation_group ig ON ig.invitation_id = w.id
      JOIN "group" g ON g.id = ig.group_id AND ${inside(sql`g.organization_id`)}`;
  if (what === 'pending_groups') return sql`SELECT w.holder, g.name FROM ${groups}`;
  return sql`
    SELECT w.holder, r.name FROM ${waiting} JOIN invitation_role ir ON ir.invitation_id = w.id JOIN role r ON r.id = ir.role_id
    UNION ALL
    SELECT w.holder, r.name FROM ${groups} JOIN group_role gr ON gr.group_id = g.id JOIN role r ON r.id = gr.role_id`;
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
  const granted = { roles: sql`all_roles`, groups: sql`all_groups`, organization: sql`all_organizations` };
  return { ...granted, ...pendingColumns }[what];
}
