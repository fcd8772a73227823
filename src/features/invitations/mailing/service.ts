import { Fail } from '@/server/fail';
import type { SystemWork } from '@/server/work';
import { invitationEmail } from '../emails';

/** What the mail says, from the rows as they are: the same for sending and for a preview. */
export async function invitationWords(work: Pick<SystemWork, 'db'>, invitationId: string) {
  const invitation = await work.db.invitation.findUnique({
    where: { id: invitationId },
    include: {
      sender: { select: { firstName: true, lastName: true, email: true } },
      organization: { select: { name: true } },
      roles: { select: { role: { select: { name: true } } }, orderBy: { role: { name: 'asc' } } },
    },
  });
  if (!invitation) throw new Fail('not_found');
  const { sender, organization } = invitation;
  const params = {
    invitationId,
    version: invitation.version,
    senderName: sender ? `${sender.firstName} ${sender.lastName}`.trim() || sender.email : 'Somebody',
    organizationName: organization?.name ?? null,
    roles: invitation.roles.map(({ role }) => role.name),
    message: invitation.message,
    expiresAt: invitation.expiresAt.toISOString(),
  };
  return { invitation, params };
}

/**
 * Puts the mail of an invitation's current version into the outbox. It names nobody's account (`userId`): the email
 * log of an organization must not lead to a person outside it.
 */
export async function mailInvitation(work: SystemWork, invitationId: string) {
  const { invitation, params } = await invitationWords(work, invitationId);
  await work.email({
    template: invitationEmail.name,
    params,
    to: { address: invitation.email, name: `${invitation.firstName} ${invitation.lastName}`.trim() },
    organizationId: invitation.organizationId,
    subject: { type: 'invitation', id: invitationId },
    dedupeKey: `invitation:${invitationId}:${invitation.version}`,
  });
}
