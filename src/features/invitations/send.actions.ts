'use server';

import { formatForReader } from '@/lib/dates';
import { previewEmail } from '@/server/mail/templates';
import { action, done, stay, type Work } from '@/server/work';
import { inviteChoices } from './form-options.queries';
import { addUserWithPassword } from './initial-password.service';
import { invitationEmail } from './mail.emails';
import { invitationWords } from './mail.service';
import { addUserSchema, type Invite } from './send.schema';
import { inviteUser } from './send.service';

export const inviteUserAction = action({
  name: 'user.invite',
  permission: 'users.invite',
  input: addUserSchema,
  async run(work, input) {
    if (input.intent === 'choose') return choose(work, input.organization, input.findOrganization);
    const { intent, how, invite } = input;
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

/** Without scripts: the same form with what was typed, for the organization that was chosen. */
async function choose(work: Work<'users.invite'>, organization: string | null, find: string) {
  work.nothingChanged();
  return stay({ answer: await inviteChoices(work, organization ?? undefined, find) });
}

/** Sends it, reads the email and rolls everything back, so the preview shows the real email or the real refusal. */
async function previewInvitation(work: Work<'users.invite'>, invite: Invite) {
  work.nothingChanged();
  const { invitationId } = await inviteUser(work, invite);
  const { params } = await invitationWords(work, invitationId);
  return stay({ preview: await previewEmail(invitationEmail, params) });
}
