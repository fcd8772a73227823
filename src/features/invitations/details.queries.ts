import { isId } from '@/lib/ids';
import { Fail } from '@/server/fail';
import type { Can } from '@/server/work';
import { columns, type InvitationRow, inScope, joins } from './list.queries';

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
  const scope = can.scope('invitations.read');
  const [invitation] = await can.db.$queryRaw<InvitationDetail[]>`
    SELECT ${columns(scope)}, i.organization_id AS "organizationId", i.message, i.phone, i.version,
           ARRAY(SELECT r.name FROM invitation_role ir JOIN role r ON r.id = ir.role_id
                  WHERE ir.invitation_id = i.id ORDER BY r.name) AS roles,
           ARRAY(SELECT g.name FROM invitation_group ig JOIN "group" g ON g.id = ig.group_id
                  WHERE ig.invitation_id = i.id ORDER BY g.name) AS groups
      FROM invitation i ${joins} WHERE i.id = ${id}::uuid ${inScope(scope)}`;
  if (!invitation) throw new Fail('not_found');
  return invitation;
}
