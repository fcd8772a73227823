import { isId } from '@/lib/ids';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';
import { columns, type InvitationRow, joins } from './list.queries';

export type InvitationDetail = InvitationRow & {
  organizationId: string | null;
  message: string;
  phone: string | null;
  version: number;
  roles: string[];
  groups: string[];
};

/** One invitation. Throws not found outside the reader's scope. */
export async function getInvitation(can: Can<'invitations.read'>, id: string): Promise<InvitationDetail> {
  if (!isId(id)) throw new Fail('not_found');
  const [invitation] = await can.read<InvitationDetail>(sql`
    SELECT ${columns(can)}, i.organization_id AS "organizationId", i.message, i.phone, i.version,
           ARRAY(SELECT r.name FROM invitation_role ir JOIN role r ON r.id = ir.role_id
                  WHERE ir.invitation_id = i.id ORDER BY r.name) AS roles,
           ARRAY(SELECT g.name FROM invitation_group ig JOIN "group" g ON g.id = ig.group_id
                  WHERE ig.invitation_id = i.id ORDER BY g.name) AS groups
      FROM invitation i ${joins} 
     WHERE i.id = ${id}::uuid AND ${within(can, 'invitations.read', sql`i.organization_id`)}`);
  if (!invitation) throw new Fail('not_found');
  return invitation;
}
