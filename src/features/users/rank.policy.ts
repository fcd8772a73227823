import { consolePermissions, type Permission, systemAdminRole } from '@/lib/permissions';
import { grantsOf } from '@/server/auth/grants';
import type { Tx } from '@/server/db/client';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

export type AccountRank = {
  id: string;
  /** Console permissions and where each is granted. Applications' permissions give no power over accounts. */
  grants: { permission: string; organizationId: string | null }[];
  organizationIds: string[];
  isOnPlatform: boolean;
  isSystemAdmin: boolean;
};

/** SQL: whether `"user" u` has a role on the whole platform, directly or through a platform group. */
export const isOnPlatform = sql`(
  EXISTS (SELECT 1 FROM user_role ur WHERE ur.user_id = u.id) OR EXISTS (
    SELECT 1 FROM group_member gm JOIN "group" g ON g.id = gm.group_id AND g.organization_id IS NULL
      JOIN group_role gr ON gr.group_id = g.id WHERE gm.user_id = u.id))`;

/** The account's current rank. Read it in the transaction that acts on it. */
export async function findRank(db: Tx, id: string): Promise<AccountRank | null> {
  const [row] = await db.$queryRaw<(Omit<AccountRank, 'grants'> & { grants: [string, string | null][] | null })[]>`
    SELECT u.id,
           (SELECT json_agg(json_build_array(permission, organization_id)) FROM (${grantsOf(sql`u.id`)}) g
             WHERE permission = ANY(${Object.keys(consolePermissions)}::text[])) AS grants,
           ARRAY(SELECT m.organization_id FROM membership m WHERE m.user_id = u.id) AS "organizationIds",
           ${isOnPlatform} AS "isOnPlatform",
           u.id IN (${systemAdmins}) AS "isSystemAdmin"
      FROM "user" u WHERE u.id = ${id}::uuid`;
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

export function isManagedBy(
  can: Pick<Can, 'scope'>,
  permission: Permission,
  target: Pick<AccountRank, 'organizationIds' | 'isOnPlatform'>,
): boolean {
  const scope = can.scope(permission as never);
  if (scope.all) return true;
  return !target.isOnPlatform && target.organizationIds.every((id) => scope.organizationIds.includes(id));
}

/**
 * Nobody acts on an account of equal or higher rank. Wherever the target has permissions, the actor must have all of
 * them and at least one more. So an Org Admin cannot act on another, and a System Admin can act on anybody.
 */
export function outranks(actor: Pick<Can, 'may'> & { isSystemAdmin: boolean }, target: AccountRank): boolean {
  if (actor.isSystemAdmin) return true;
  const places = new Set(target.grants.map((grant) => grant.organizationId));
  return [...places].every((place) => {
    const theirs = new Set<string>(
      target.grants
        .filter(({ organizationId }) => organizationId === null || organizationId === place)
        .map(({ permission }) => permission),
    );
    const mine = Object.keys(consolePermissions).filter((permission) => actor.may(permission as Permission, place));
    return mine.length > theirs.size && [...theirs].every((permission) => mine.includes(permission));
  });
}

/** Fails with `user.self`, `user.not_managed` or `user.outranks`, in that order. */
export async function assertMayChangeAccount(can: Can, permission: Permission, target: AccountRank) {
  if (target.id === can.actor.id) throw new Fail('user.self');
  if (!isManagedBy(can, permission, target)) throw new Fail('user.not_managed');
  const actor = await findRank(can.db, can.actor.id);
  if (!outranks({ may: can.may, isSystemAdmin: actor?.isSystemAdmin ?? false }, target)) {
    throw new Fail('user.outranks');
  }
}
