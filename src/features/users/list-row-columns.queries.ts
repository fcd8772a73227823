import { empty, join, type Sql, sql } from '@/server/db/sql';
import { narrowed, reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { isUnanswered } from './details.queries';
import type { UserStatus } from './list.schema';
import { type Matching, readsEverybody } from './list-sources.queries';

export type UserRow = {
  /** Of the account, or of the invitation where the row is one. */
  id: string;
  /** An open invitation among the members of an organization: the row has nothing of the account behind its address. */
  isInvitation: boolean;
  /** Where the row leads; null for an invitation that the reader may not open. */
  href: string | null;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  status: UserStatus;
  createdAt: Date;
  lastSignInAt: Date | null;
  lastActivityAt: Date | null;
  /** Deactivated or archived by the platform, and the reader is not on it. */
  isEndedByPlatform: boolean;
  roles: string[];
  organizations: string[];
  /** What waits in open invitations. */
  pendingRoles: string[];
  pendingOrganizations: string[];
  /** Unanswered invitations of an invited person that the reader may resend or cancel: two at most. */
  invitations: { id: string; isOnHold: boolean }[];
};

export type ShownColumns = { roles: boolean; organizations: boolean };

/** The columns of a `UserRow` for the rows of a page `p`, and the tables they come from. */
export function shownOf(matching: Matching, shown: ShownColumns): { columns: Sql; joins: Sql } {
  const hasInvitations = !readsEverybody(matching);
  const none = sql`'{}'::text[]`;
  const either = (person: Sql, invitation: Sql) =>
    hasInvitations ? sql`CASE WHEN p.is_invitation THEN ${invitation} ELSE ${person} END` : person;
  const columns = [
    sql`p.id, p.is_invitation AS "isInvitation"`,
    sql`${hasInvitations ? within(readerOf(matching, 'invitations.read'), 'users.read', sql`i.organization_id`) : sql`false`} AS "mayOpen"`,
    sql`${either(sql`u.email`, sql`i.email`)} AS email`,
    sql`${either(sql`u.first_name`, sql`i.first_name`)} AS "firstName"`,
    sql`${either(sql`u.last_name`, sql`i.last_name`)} AS "lastName"`,
    sql`${either(sql`u.phone`, sql`i.phone`)} AS phone`,
    sql`${either(sql`u.status`, sql`'invited'::user_status`)} AS status`,
    sql`${either(sql`u.created_at`, sql`i.created_at`)} AS "createdAt"`,
    sql`u.last_sign_in_at AS "lastSignInAt", u.last_activity_at AS "lastActivityAt"`,
    sql`${isEndedByPlatform(matching.can)} AS "isEndedByPlatform"`,
    sql`${shown.roles ? rolesOf(matching) : none} AS roles`,
    sql`${shown.organizations ? organizationsOf(matching) : none} AS organizations`,
    sql`${shown.roles ? pendingRoles(matching) : none} AS "pendingRoles"`,
    sql`${shown.organizations ? pendingOrganizations(matching) : none} AS "pendingOrganizations"`,
    sql`coalesce(${either(personInvitations(matching), ownInvitation(matching))}, '[]') AS invitations`,
  ];
  const joins = hasInvitations
    ? sql`
      LEFT JOIN "user" u ON u.id = p.id AND NOT p.is_invitation
      LEFT JOIN invitation i ON i.id = p.id AND p.is_invitation`
    : sql`JOIN "user" u ON u.id = p.id`;
  return { columns: join(columns), joins };
}

function readerOf({ can }: Matching, also: 'invitations.read' | 'users.invite'): Can<'users.read'> {
  return narrowed(can, also);
}

function isEndedByPlatform(can: Can<'users.read'>): Sql {
  if (can.may('users.deactivate', null)) return sql`false`;
  return sql`
    coalesce(u.status = 'inactive' AND u.deactivated_by IS DISTINCT FROM 'organization'
          OR u.status = 'archived' AND u.archived_by IS DISTINCT FROM 'organization', false)`;
}

function rolesOf({ can }: Matching): Sql {
  const direct = sql`SELECT ur.role_id FROM user_role ur WHERE ur.user_id = u.id UNION ALL`;
  return sql`
    ARRAY(SELECT DISTINCT r.name FROM (
      ${reachOf(can, 'users.read') === 'platform' ? direct : empty}
      SELECT mr.role_id FROM membership_role mr WHERE mr.user_id = u.id AND ${within(can, 'users.read', sql`mr.organization_id`)}
      UNION ALL
      SELECT gr.role_id FROM group_member gm JOIN group_role gr ON gr.group_id = gm.group_id
        JOIN "group" g ON g.id = gm.group_id WHERE gm.user_id = u.id AND ${within(can, 'users.read', sql`g.organization_id`)}
    ) granted JOIN role r ON r.id = granted.role_id ORDER BY r.name)`;
}

function organizationsOf({ can }: Matching): Sql {
  return sql`
    ARRAY(SELECT o.name FROM membership m JOIN organization o ON o.id = m.organization_id
           WHERE m.user_id = u.id AND ${within(can, 'users.read', sql`m.organization_id`)} ORDER BY o.name_key)`;
}

/** Open invitations `w`: the row itself, and on the platform those of the person. Nobody else may join the two. */
function isWaiting(matching: Matching): Sql {
  const ofPerson = sql`w.user_id = u.id`;
  if (readsEverybody(matching)) return sql`w.state = 'open' AND ${ofPerson}`;
  const isPlatform = reachOf(matching.can, 'users.read') === 'platform';
  return sql`w.state = 'open' AND (w.id = i.id ${isPlatform ? sql`OR ${ofPerson}` : empty})`;
}

function pendingRoles(matching: Matching): Sql {
  return sql`
    ARRAY(SELECT DISTINCT r.name FROM (
      SELECT ir.role_id FROM invitation w JOIN invitation_role ir ON ir.invitation_id = w.id WHERE ${isWaiting(matching)}
      UNION ALL
      SELECT gr.role_id FROM invitation w JOIN invitation_group ig ON ig.invitation_id = w.id
        JOIN group_role gr ON gr.group_id = ig.group_id JOIN "group" g ON g.id = ig.group_id
       WHERE ${isWaiting(matching)} AND ${within(matching.can, 'users.read', sql`g.organization_id`)}
    ) granted JOIN role r ON r.id = granted.role_id ORDER BY r.name)`;
}

function pendingOrganizations(matching: Matching): Sql {
  return sql`
    ARRAY(SELECT o.name FROM invitation w JOIN organization o ON o.id = w.organization_id
           WHERE ${isWaiting(matching)} ORDER BY o.name_key)`;
}

function ownInvitation(matching: Matching): Sql {
  const isMine = within(readerOf(matching, 'users.invite'), 'users.read', sql`i.organization_id`);
  return sql`
    CASE WHEN ${isMine}
         THEN json_build_array(json_build_object('id', i.id, 'isOnHold', i.held_since IS NOT NULL)) END`;
}

function personInvitations(matching: Matching): Sql {
  if (reachOf(matching.can, 'users.read') !== 'platform') return sql`NULL::json`;
  const isMine = within(readerOf(matching, 'users.invite'), 'users.read', sql`i.organization_id`);
  return sql`
    CASE WHEN u.status = 'invited' THEN (
      SELECT json_agg(x) FROM (
        SELECT i.id, i.held_since IS NOT NULL AS "isOnHold" FROM invitation i
         WHERE i.user_id = u.id AND ${isUnanswered} AND ${isMine} ORDER BY i.created_at DESC, i.id DESC LIMIT 2) x) END`;
}
