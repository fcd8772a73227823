'use server';

import { formatForReader } from '@/lib/dates';
import { previewEmail } from '@/server/mail/templates';
import { action, done, stay, type Work } from '@/server/work';
import { addUserWithPassword } from './initial-password.service';
import { invitationEmail } from './mail.emails';
import { invitationWords } from './mail.service';
import { type Invite, inviteSchema } from './send.schema';
import { inviteUser } from './send.service';

export const inviteUserAction = action({
  name: 'user.invite',
  permission: 'users.invite',
  input: inviteSchema,
  async run(work, { intent, how, invite }) {
    if (intent === 'preview') return previewInvitation(work, invite);
    if (how === 'password') {
      const { userId, password, expiresAt } = await addUserWithPassword(work, invite);
      const until = formatForReader(expiresAt, work.timeZone);
      return stay({ once: { label: `Password of ${invite.email}`, value: password, until, next: `/users/${userId}` } });
    }
    const { invitationId, leavesAt } = await inviteUser(work, invite);
    return done(`/invitations/${invitationId}`, leavesAt ? 'invitation.waits' : 'invitation.sent');
  },
});

/** Sends it, reads the email and rolls everything back, so the preview shows the real email or the real refusal. */
async function previewInvitation(work: Work<'users.invite'>, invite: Invite) {
  work.nothingChanged();
  const { invitationId } = await inviteUser(work, invite);
  const { params } = await invitationWords(work, invitationId);
  return stay({ preview: await previewEmail(invitationEmail, params) });
}
