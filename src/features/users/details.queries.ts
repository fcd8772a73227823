import { isOverdue } from '@/features/invitations/overdue.queries';
import { isId } from '@/lib/ids';
import { empty, type Sql, sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { reachOf, within } from '@/server/scope';
import type { Can } from '@/server/work';
import type { Ender } from './ender.policy';
import type { UserStatus } from './list.schema';
import { isManagedBy } from './rank.policy';
import { findRank } from './rank.queries';
import { isInView } from './view.queries';

type Named = { id: string; name: string };
type GrantedRole = { key: string; name: string; organization: string | null; group: Named | null };

/** With what it grants on acceptance. `name` is the address it was sent to. */
export type UnansweredInvitation = Named & {
  sentAt: string;
  expiresAt: string;
  organization: string | null;
  isExpired: boolean;
  roles: { key: string; name: string }[];
  groups: (Named & { organization: string | null; roles: { key: string; name: string }[] })[];
};

export type UserRecord = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  extension: string | null;
  status: UserStatus;
  version: number;
  createdAt: Date;
  activatedAt: Date | null;
  lastSignInAt: Date | null;
  lastActivityAt: Date | null;
  /** The status that restoring brings back. */
  archivedStatus: 'invited' | 'active' | 'inactive' | null;
  /** Whether somebody showed that mail to the address reaches them. */
  hasConfirmedEmail: boolean;
  /** Only while nobody has changed it; null for readers who do not manage the whole account. */
  initialPassword: { expiresAt: Date | null; isExpired: boolean } | null;
  /** Null for readers who do not manage the whole account. */
  deactivation: { since: Date | null; until: Date | null; reason: string | null; by: Ender } | null;
  /** Null for readers who do not manage the whole account. */
  archive: { since: Date | null; reason: string | null; by: Ender | null } | null;
  memberships: (Named & { slug: string; status: 'active' | 'inactive' | 'archived'; joinedAt: string })[];
  roles: GrantedRole[];
  groups: (Named & { organization: string | null })[];
  invitations: UnansweredInvitation[];
  /** False when part of the account lies outside the reader's scope. */
  isManaged: boolean;
};

type Row = Omit<
  UserRecord,
  'deactivation' | 'archive' | 'initialPassword' | 'isManaged' | 'memberships' | 'roles' | 'groups' | 'invitations'
> & {
  deactivatedAt: Date | null;
  deactivatedUntil: Date | null;
  deactivationReason: string | null;
  deactivatedBy: Ender | null;
  archivedAt: Date | null;
  archivedBy: Ender | null;
  archiveReason: string | null;
  mustChangePassword: boolean;
  passwordExpiresAt: Date | null;
  isPasswordExpired: boolean;
  memberships: UserRecord['memberships'] | null;
  roles: GrantedRole[] | null;
  groups: UserRecord['groups'] | null;
  invitations: UserRecord['invitations'] | null;
};

/** One person with their access, in two statements. Fails with `not_found` outside the reader's scope. */
export async function getUser(can: Can<'users.read'>, id: string): Promise<UserRecord> {
  if (!isId(id)) throw new Fail('not_found');
  const [row] = await can.read<Row>(sql`
    SELECT u.id, u.email, u.first_name AS "firstName", u.last_name AS "lastName", u.phone, u.extension, u.status,
           u.version, u.created_at AS "createdAt", u.activated_at AS "activatedAt", u.last_sign_in_at AS "lastSignInAt",
           greatest(u.last_activity_at, (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id))
             AS "lastActivityAt", u.archived_at AS "archivedAt", u.archived_by AS "archivedBy",
           u.archived_reason AS "archiveReason", u.archived_status AS "archivedStatus", u.suspended_at AS "deactivatedAt",
           u.suspended_until AS "deactivatedUntil", u.suspended_reason AS "deactivationReason",
           u.deactivated_by AS "deactivatedBy", u.email_verified_at IS NOT NULL AS "hasConfirmedEmail",
           coalesce(c.must_change, false) AS "mustChangePassword", c.expires_at AS "passwordExpiresAt",
           coalesce(c.expires_at <= app_now(), false) AS "isPasswordExpired",
           (SELECT json_agg(x) FROM (
             SELECT o.id, o.name, o.slug, o.status, m.joined_at AS "joinedAt"
               FROM membership m JOIN organization o ON o.id = m.organization_id
              WHERE m.user_id = u.id AND ${within(can, 'users.read', sql`o.id`)} ORDER BY o.name_key) x) AS memberships,
           (SELECT json_agg(x) FROM (${grantedRoles(can)}) x) AS roles,
           (SELECT json_agg(x) FROM (
             SELECT g.id, g.name, o.name AS organization
               FROM group_member gm JOIN "group" g ON g.id = gm.group_id LEFT JOIN organization o ON o.id = g.organization_id
              WHERE gm.user_id = u.id AND ${within(can, 'users.read', sql`g.organization_id`)} ORDER BY g.name_key) x) AS groups,
           (SELECT json_agg(x) FROM (
             SELECT i.id, i.email AS name, i.created_at AS "sentAt", i.expires_at AS "expiresAt", o.name AS organization,
                    ${isOverdue} OR i.state = 'expired' AS "isExpired", ${waitingIn(can)}
               FROM invitation i LEFT JOIN organization o ON o.id = i.organization_id
              WHERE i.user_id = u.id AND ${within(can, 'users.read', sql`i.organization_id`)} AND ${isUnanswered}
              ORDER BY i.created_at) x) AS invitations
      FROM "user" u LEFT JOIN credential c ON c.user_id = u.id
     WHERE u.id = ${id}::uuid AND ${isInView(can, 'users.read', sql`u.id`)}`);
  const rank = row ? await findRank(can, id) : null;
  if (!row || !rank) throw new Fail('not_found');
  return present(row, isManagedBy(can, 'users.read', rank), reachOf(can, 'users.read') === 'platform');
}

/** Not a `ScopedSql`: the groups of others are left out, but no invitation `i`. */
function waitingIn(can: Can<'users.read'>): Sql {
  const named = sql`json_agg(json_build_object('key', r.key, 'name', r.name) ORDER BY r.name)`;
  return sql`
    coalesce((SELECT ${named} FROM invitation_role ir JOIN role r ON r.id = ir.role_id
               WHERE ir.invitation_id = i.id), '[]') AS roles,
    coalesce((SELECT json_agg(x) FROM (
      SELECT g.id, g.name, go.name AS organization,
             coalesce((SELECT ${named} FROM group_role gr JOIN role r ON r.id = gr.role_id
                        WHERE gr.group_id = g.id), '[]') AS roles
        FROM invitation_group ig JOIN "group" g ON g.id = ig.group_id
        LEFT JOIN organization go ON go.id = g.organization_id
       WHERE ig.invitation_id = i.id AND ${within(can, 'users.read', sql`g.organization_id`)}
       ORDER BY g.name_key) x), '[]') AS groups`;
}

/** Leaves out an expired one if a later one replaced it, the person joined by other means, or their address changed. */
export const isUnanswered = sql`(i.state = 'open' OR (i.state = 'expired' AND i.email = u.email AND NOT EXISTS (
  SELECT FROM membership m WHERE m.user_id = u.id AND m.organization_id = i.organization_id) AND NOT EXISTS (
  SELECT FROM invitation later WHERE later.user_id = i.user_id AND later.id <> i.id
     AND later.organization_id IS NOT DISTINCT FROM i.organization_id
     AND (later.state IN ('open', 'accepted')
          OR (later.state = 'expired' AND (later.created_at, later.id) > (i.created_at, i.id))))))`;

function grantedRoles(can: Can<'users.read'>) {
  const direct = sql`
    SELECT r.key, r.name, NULL::text AS organization, NULL::json AS "group"
      FROM user_role ur JOIN role r ON r.id = ur.role_id WHERE ur.user_id = u.id
    UNION ALL`;
  return sql`
    SELECT * FROM (
      ${reachOf(can, 'users.read') === 'platform' ? direct : empty}
      SELECT r.key, r.name, o.name, NULL::json AS "group"
        FROM membership_role mr JOIN role r ON r.id = mr.role_id JOIN organization o ON o.id = mr.organization_id
       WHERE mr.user_id = u.id AND ${within(can, 'users.read', sql`mr.organization_id`)}
      UNION ALL
      SELECT r.key, r.name, o.name, json_build_object('id', g.id, 'name', g.name)
        FROM group_member gm JOIN "group" g ON g.id = gm.group_id JOIN group_role gr ON gr.group_id = g.id
        JOIN role r ON r.id = gr.role_id LEFT JOIN organization o ON o.id = g.organization_id
       WHERE gm.user_id = u.id AND ${within(can, 'users.read', sql`g.organization_id`)}
    ) granted (key, name, organization, "group") ORDER BY name, organization NULLS FIRST`;
}

function present(row: Row, isManaged: boolean, isReaderOnPlatform: boolean): UserRecord {
  const { deactivatedAt, deactivatedUntil, deactivationReason, deactivatedBy, ...rest } = row;
  const { archivedAt, archivedBy, archiveReason, ...account } = rest;
  const { mustChangePassword, passwordExpiresAt, isPasswordExpired, ...person } = account;
  const initialPassword = { expiresAt: passwordExpiresAt, isExpired: isPasswordExpired };
  // What the platform wrote is not for readers inside organizations.
  const ended = <By extends Ender | null>(by: By, reason: string | null) => ({
    by,
    reason: by === 'organization' || isReaderOnPlatform ? reason : null,
  });
  const deactivation = {
    since: deactivatedAt,
    until: deactivatedUntil,
    ...ended(deactivatedBy ?? 'platform', deactivationReason),
  };
  const archive = { since: archivedAt, ...ended(archivedBy, archiveReason) };
  return {
    ...person,
    memberships: row.memberships ?? [],
    roles: row.roles ?? [],
    groups: row.groups ?? [],
    invitations: row.invitations ?? [],
    archive: row.status === 'archived' && isManaged ? archive : null,
    deactivation: row.status === 'inactive' && isManaged ? deactivation : null,
    initialPassword: mustChangePassword && isManaged ? initialPassword : null,
    isManaged,
  };
}
