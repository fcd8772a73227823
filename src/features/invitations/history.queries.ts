import { displayNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import type { Can } from '@/server/work';
import type { InvitationDetail } from './details.queries';

export type InvitationEvent = { id: string; at: Date; action: string; by: string | null };

export async function invitationHistory(
  can: Can<'invitations.read'>,
  invitation: Pick<InvitationDetail, 'id'>,
): Promise<InvitationEvent[]> {
  const scope = can.scope('invitations.read');
  const organizationIds = scope.all ? [] : scope.organizationIds;
  return can.db.$queryRaw<InvitationEvent[]>`
    SELECT e.id, e.at, e.action,
           CASE WHEN ${scope.all} OR EXISTS (SELECT FROM membership m WHERE m.user_id = e.actor_id
                  AND m.organization_id = ANY(${organizationIds}::uuid[]))
                THEN ${displayNameSql(sql`u`)} END AS by
      FROM audit_event e LEFT JOIN "user" u ON u.id = e.actor_id
     WHERE e.subject_id = ${invitation.id}::uuid AND e.subject_type = 'invitation'
     ORDER BY e.seq DESC LIMIT 100`;
}
