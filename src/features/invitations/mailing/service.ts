import type { Where } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import type { SystemWork } from '@/server/work';
import { invitationEmail, invitationReminderEmail } from '../emails';

/** What the mail says, from the rows as they are: the same for sending and for a preview. */
export async function invitationWords(work: Pick<SystemWork, 'db'>, invitationId: string) {
  const [words] = await wordsOf(work, { id: invitationId });
  if (!words) throw new Fail('not_found');
  return words;
}

async function wordsOf(work: Pick<SystemWork, 'db'>, where: Where<'invitation'>) {
  const invitations = await work.db.invitation.findMany({
    where,
    include: {
      sender: { select: { firstName: true, lastName: true, email: true } },
      organization: { select: { name: true } },
      roles: { select: { role: { select: { name: true } } }, orderBy: { role: { name: 'asc' } } },
    },
  });
  return invitations.map((invitation) => {
    const { sender, organization } = invitation;
    const params = {
      invitationId: invitation.id,
      version: invitation.version,
      senderName: sender ? `${sender.firstName} ${sender.lastName}`.trim() || sender.email : 'Somebody',
      organizationName: organization?.name ?? null,
      roles: invitation.roles.map(({ role }) => role.name),
      message: invitation.message,
      expiresAt: invitation.expiresAt.toISOString(),
    };
    return { invitation, params };
  });
}

/** The mail of one invitation; see `mailInvitations`. */
export async function mailInvitation(work: SystemWork, invitationId: string) {
  await mailInvitations(work, [invitationId]);
}

/**
 * Puts the mails of these invitations' current versions into the outbox, in a few statements whatever their number. A
 * mail names nobody's account (`userId`): the email log of an organization must not lead to a person outside it.
 */
export async function mailInvitations(work: SystemWork, invitationIds: string[]) {
  const words = await wordsOf(work, { id: { in: invitationIds } });
  if (words.length !== invitationIds.length) throw new Fail('not_found');
  await work.email(
    ...words.map(({ invitation, params }) => ({
      template: invitationEmail.name,
      params,
      to: { address: invitation.email, name: `${invitation.firstName} ${invitation.lastName}`.trim() },
      organizationId: invitation.organizationId,
      subject: { type: 'invitation' as const, id: invitation.id },
      dedupeKey: `invitation:${invitation.id}:${invitation.version}`,
    })),
  );
}

/** Reminders of the links that are out, with words as they are now; the email log shows them beside the invitation. */
export async function mailReminders(work: SystemWork, invitationIds: string[], which: 'first' | 'last') {
  const words = await wordsOf(work, { id: { in: invitationIds } });
  await work.email(
    ...words.map(({ invitation, params: { roles: _roles, ...params } }) => ({
      template: invitationReminderEmail.name,
      params: { ...params, which },
      to: { address: invitation.email, name: `${invitation.firstName} ${invitation.lastName}`.trim() },
      organizationId: invitation.organizationId,
      subject: { type: 'invitation' as const, id: invitation.id },
      dedupeKey: `invitation-reminder:${invitation.id}:${invitation.version}:${which}`,
    })),
  );
}
