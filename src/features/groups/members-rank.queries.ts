import { membershipObstacle } from '@/features/memberships/obstacles.policy';
import { type AccountRank, outranks } from '@/features/users/rank.policy';
import { findRank } from '@/features/users/rank.queries';
import { consolePermissions } from '@/lib/permissions';
import { grantsOf } from '@/server/auth/grants';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';

type Grants = [permission: string, organizationId: string | null][];

/**
 * A change of a group's roles changes the access of everybody in it, so nobody in it may have equal or higher rank. The
 * same rules as for adding one person to it. Fails with `group.outranked`.
 */
export async function assertOutranksMembers(can: Can, group: { id: string; organizationId: string | null }) {
  const own = await findRank(can, can.actor.id);
  if (own?.isSystemAdmin) return;
  const actor = { id: can.actor.id, may: can.may, isSystemAdmin: false };
  for (const grants of await combinationsIn(can, group.id)) {
    const member = rankOf(grants);
    const { organizationId } = group;
    const isFree =
      organizationId === null ? outranks(actor, member) : membershipObstacle(actor, member, organizationId) === null;
    if (!isFree) throw new Fail('group.outranked');
  }
}

/** The console permissions of the members, each combination once: large groups have few. */
async function combinationsIn(can: Can, groupId: string): Promise<Grants[]> {
  const rows = await can.read<{ grants: Grants }>(
    unscoped('a rank counts everywhere; only the decision made from it is shown'),
    sql`
      SELECT DISTINCT coalesce((
               SELECT jsonb_agg(jsonb_build_array(permission, organization_id) ORDER BY permission, organization_id)
                 FROM (${grantsOf(sql`gm.user_id`)}) granted
                WHERE permission = ANY(${Object.keys(consolePermissions)}::text[])), '[]') AS grants
        FROM group_member gm WHERE gm.group_id = ${groupId}::uuid`,
  );
  return rows.map(({ grants }) => grants);
}

function rankOf(grants: Grants): AccountRank {
  return {
    id: '',
    grants: grants.map(([permission, organizationId]) => ({ permission, organizationId })),
    organizationIds: [],
    isOnPlatform: false,
    isSystemAdmin: false,
  };
}
