import { consolePermissions, type Permission, systemAdminRole } from '@/lib/permissions';
import { grantsOf } from '@/server/auth/grants';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Can, Reads } from '@/server/work';
import { type AccountRank, isManagedBy, outranks, type RankedAccount } from './rank.policy';

/** SQL: whether `"user" u` has a role on the whole platform, directly or through a platform group. */
export const isOnPlatform = sql`(
  EXISTS (SELECT 1 FROM user_role ur WHERE ur.user_id = u.id) OR EXISTS (
    SELECT 1 FROM group_member gm JOIN "group" g ON g.id = gm.group_id AND g.organization_id IS NULL
      JOIN group_role gr ON gr.group_id = g.id WHERE gm.user_id = u.id))`;

/** The account's current rank. Read it in the transaction that acts on it. */
export async function findRank(can: Reads, id: string): Promise<RankedAccount | null> {
  const whole = unscoped('a rank counts everywhere; only the decision made from it is shown');
  const [row] = await can.read<Omit<RankedAccount, 'grants'> & { grants: [string, string | null][] | null }>(
    whole,
    sql`
      SELECT u.id,
             (SELECT json_agg(json_build_array(permission, organization_id)) FROM (${grantsOf(sql`u.id`)}) g
               WHERE permission = ANY(${Object.keys(consolePermissions)}::text[])) AS grants,
             ARRAY(SELECT m.organization_id FROM membership m WHERE m.user_id = u.id) AS "organizationIds",
             ${isOnPlatform} AS "isOnPlatform",
             u.id IN (${systemAdmins}) AS "isSystemAdmin", u.status, u.deactivated_by AS "deactivatedBy",
             u.archived_by AS "archivedBy"
        FROM "user" u WHERE u.id = ${id}::uuid`,
  );
  if (!row) return null;
  const grants = (row.grants ?? []).map(([permission, organizationId]) => ({ permission, organizationId }));
  return { ...row, grants };
}

/** SQL: ids of everybody with the role, directly or through a group; somebody may come twice. */
export const systemAdmins = sql`
  SELECT ur.user_id FROM user_role ur JOIN role r ON r.id = ur.role_id WHERE r.key = ${systemAdminRole}
  UNION ALL
  SELECT gm.user_id FROM group_member gm JOIN "group" g ON g.id = gm.group_id AND g.organization_id IS NULL
    JOIN group_role gr ON gr.group_id = gm.group_id JOIN role r ON r.id = gr.role_id WHERE r.key = ${systemAdminRole}`;

/** Fails with `user.self`, `user.not_managed` or `user.outranks`, in that order. */
export async function assertMayChangeAccount(can: Can, permission: Permission, target: AccountRank) {
  if (target.id === can.actor.id) throw new Fail('user.self');
  if (!isManagedBy(can, permission, target)) throw new Fail('user.not_managed');
  const actor = await findRank(can, can.actor.id);
  if (!outranks({ may: can.may, isSystemAdmin: actor?.isSystemAdmin ?? false }, target)) {
    throw new Fail('user.outranks');
  }
}
