import { displayNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import type { InvitationDetail } from './details.queries';
import { isInView } from './list.queries';

export type InvitationEvent = { id: string; at: Date; action: string; by: string | null };

export async function invitationHistory(
  can: Can<'invitations.read'>,
  invitation: Pick<InvitationDetail, 'id'>,
): Promise<InvitationEvent[]> {
  return can.read<InvitationEvent>(
    unscoped('the invitation was read in scope before'),
    sql`
      SELECT e.id, e.at, e.action,
             CASE WHEN ${isInView(can, 'invitations.read', sql`e.actor_id`)} THEN ${displayNameSql(sql`u`)} END AS by
        FROM audit_event e LEFT JOIN "user" u ON u.id = e.actor_id
       WHERE e.subject_id = ${invitation.id}::uuid AND e.subject_type = 'invitation'
       ORDER BY e.seq DESC LIMIT 100`,
  );
}
