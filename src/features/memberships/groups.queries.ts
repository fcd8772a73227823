import { holdsAllOf } from '@/features/roles/grant.policy';
import { outranks } from '@/features/users/rank.policy';
import { findRank } from '@/features/users/rank.queries';
import { fieldLimits } from '@/lib/limits';
import { holdsWords } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';
import { membershipObstacle } from './obstacles.policy';

export type GroupChoice = {
  id: string;
  name: string;
  organization: string | null;
  roles: string[];
  isGranted: boolean;
  /** False if the reader lacks the group's access, or may not change this person there. */
  isTheirs: boolean;
};

type Row = Omit<GroupChoice, 'isTheirs'> & { organizationId: string | null; permissions: string[] };

const choicesShown = 30;

/** In the reader's scope. Those the person is in come first, then by name; `typed` narrows the others. */
export async function findGroups(can: Can<'groups.update'>, userId: string, typed: string | undefined) {
  const q = (typed ?? '').trim().slice(0, fieldLimits.searchMaxChars);
  const rows = await can.read<Row>(sql`
    WITH found AS (
      SELECT g.id, g.name, g.name_key, g.organization_id, gm.user_id IS NOT NULL AS is_member
        FROM "group" g LEFT JOIN group_member gm ON gm.group_id = g.id AND gm.user_id = ${userId}::uuid
       WHERE (g.organization_id IS NULL OR g.organization_id IN (
               SELECT m.organization_id FROM membership m WHERE m.user_id = ${userId}::uuid))
         AND (gm.user_id IS NOT NULL OR ${holdsWords(sql`g.name_key`, q)})
         AND ${within(can, 'groups.update', sql`g.organization_id`)}
       ORDER BY is_member DESC, g.name_key, g.id LIMIT ${choicesShown + 1}::int)
    SELECT f.id, f.name, f.organization_id AS "organizationId", o.name AS organization, f.is_member AS "isGranted",
           ARRAY(SELECT r.name FROM group_role gr JOIN role r ON r.id = gr.role_id
                  WHERE gr.group_id = f.id ORDER BY r.name) AS roles,
           ARRAY(SELECT DISTINCT rp.permission FROM group_role gr JOIN role_permission rp ON rp.role_id = gr.role_id
                  WHERE gr.group_id = f.id) AS permissions
      FROM found f LEFT JOIN organization o ON o.id = f.organization_id ORDER BY f.is_member DESC, f.name_key, f.id`);
  const [target, own] = await Promise.all([findRank(can, userId), findRank(can, can.actor.id)]);
  const actor = { id: can.actor.id, may: can.may, isSystemAdmin: own?.isSystemAdmin ?? false };
  const isAllowed = (place: string | null) =>
    target !== null && (place === null ? outranks(actor, target) : membershipObstacle(actor, target, place) === null);
  const groups = rows.slice(0, choicesShown).map(({ organizationId, permissions, ...group }) => ({
    ...group,
    isTheirs: holdsAllOf(can, { permissions }, organizationId) && isAllowed(organizationId),
  }));
  return { groups, hasMore: rows.length > choicesShown };
}
