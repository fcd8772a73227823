import { findRank } from '@/features/users/rank.queries';
import { boundedCount, type Count } from '@/lib/counts';
import { isId } from '@/lib/ids';
import type { AccountObstacle } from '@/lib/obstacle-words';
import { sql } from '@/server/db/sql';
import { narrowedTo, within } from '@/server/scope';
import type { Can } from '@/server/work';
import { membershipObstacle } from './obstacles.policy';

type Named = { id: string; name: string };

export type MembershipCard = {
  organization: Named & { slug: string; status: 'active' | 'inactive' | 'archived' };
  joinedAt: Date;
  version: number;
  roles: { key: string; name: string }[];
  groups: Named[];
  teams: (Named & { role: 'member' | 'lead' })[];
  obstacle: AccountObstacle | null;
  mayChange: boolean;
  mayEnd: boolean;
};

type Row = Omit<MembershipCard, 'organization' | 'joinedAt' | 'obstacle' | 'mayChange' | 'mayEnd'> &
  MembershipCard['organization'] & { joinedAt: Date };

/** In the reader's scope, by name. The caller has checked that the reader may see the person. */
export async function listMemberships(can: Can<'users.read'>, userId: string): Promise<MembershipCard[]> {
  if (!isId(userId)) return [];
  const rows = await can.read<Row>(sql`
    SELECT o.id, o.name, o.slug, o.status, m.joined_at AS "joinedAt", m.version,
           coalesce((SELECT json_agg(json_build_object('key', r.key, 'name', r.name) ORDER BY r.name)
                       FROM membership_role mr JOIN role r ON r.id = mr.role_id
                      WHERE mr.user_id = m.user_id AND mr.organization_id = m.organization_id), '[]') AS roles,
           coalesce((SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY g.name_key)
                       FROM group_member gm JOIN "group" g ON g.id = gm.group_id
                      WHERE gm.user_id = m.user_id AND g.organization_id = m.organization_id), '[]') AS groups,
           coalesce((SELECT json_agg(json_build_object('id', t.id, 'name', t.name, 'role', tm.role) ORDER BY t.name)
                       FROM team_member tm JOIN team t ON t.organization_id = tm.organization_id AND t.id = tm.team_id
                      WHERE tm.user_id = m.user_id AND tm.organization_id = m.organization_id), '[]') AS teams
      FROM membership m JOIN organization o ON o.id = m.organization_id
     WHERE m.user_id = ${userId}::uuid AND ${within(can, 'users.read', sql`o.id`)} ORDER BY o.name_key, o.id`);
  if (rows.length === 0) return [];
  const [target, own] = await Promise.all([findRank(can, userId), findRank(can, can.actor.id)]);
  const actor = { id: can.actor.id, may: can.may, isSystemAdmin: own?.isSystemAdmin ?? false };
  return rows.map(({ id, name, slug, status, ...row }) => ({
    ...row,
    organization: { id, name, slug, status },
    obstacle: target ? membershipObstacle(actor, target, id) : 'not_managed',
    mayChange: can.may('memberships.update', id),
    mayEnd: can.may('memberships.end', id),
  }));
}

/** The one the address names, or the only one. Null if that leaves none, or several to choose from. */
export function findWanted(memberships: MembershipCard[], slug: string | undefined): MembershipCard | null {
  if (slug !== undefined) return memberships.find(({ organization }) => organization.slug === slug) ?? null;
  return memberships.length === 1 ? (memberships[0] ?? null) : null;
}

const sentLimit = 1_000;

/** The number of open invitations a person sent into an organization, counted up to a thousand. */
export async function countSentInvitations(
  can: Can<'memberships.end'>,
  { userId, organizationId }: { userId: string; organizationId: string },
): Promise<Count> {
  const [sent] = await can.read<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM invitation i WHERE i.sender_id = ${userId}::uuid AND i.state = 'open'
         AND ${within(narrowedTo(can, organizationId), 'memberships.end', sql`i.organization_id`)} LIMIT ${sentLimit + 1}::int) x`);
  return boundedCount(sent?.count ?? 0, sentLimit);
}
