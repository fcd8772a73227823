'use server';

import { previewEmail } from '@/server/mail/templates';
import { action, done, stay, type Work } from '@/server/work';
import { invitationEmail } from './emails';
import { cancelInvitation, confirmInvitation, resendInvitation } from './lifecycle/service';
import { invitationWords } from './mailing/service';
import { addUserWithPassword } from './passwords/service';
import { cancelInvitationSchema, type Invite, invitationIdSchema, inviteSchema } from './schema';
import { inviteUser } from './service';

export const inviteUserAction = action({
  name: 'user.invite',
  permission: 'users.invite',
  input: inviteSchema,
  async run(work, { intent, how, invite }) {
    if (intent === 'preview') return previewInvitation(work, invite);
    if (how === 'password') {
      const { userId, password } = await addUserWithPassword(work, invite);
      return stay({ once: { label: `Password of ${invite.email}`, value: password, next: `/users/${userId}` } });
    }
    const { invitationId } = await inviteUser(work, invite);
    return done(`/invitations/${invitationId}`, 'invitation.sent');
  },
});

/** Sends it, reads the mail, and takes all of it back: so the preview is the mail, refusals included. */
async function previewInvitation(work: Work<'users.invite'>, invite: Invite) {
  work.onlyLooked();
  const { invitationId } = await inviteUser(work, invite);
  const { params } = await invitationWords(work, invitationId);
  return stay({ preview: await previewEmail(invitationEmail, params) });
}

export const resendInvitationAction = action({
  name: 'invitation.resend',
  permission: 'users.invite',
  input: invitationIdSchema,
  async run(work, { id }) {
    await resendInvitation(work, id);
    return done(`/invitations/${id}`, 'invitation.resent');
  },
});

export const confirmInvitationAction = action({
  name: 'invitation.confirm',
  permission: 'users.invite',
  input: invitationIdSchema,
  async run(work, { id }) {
    await confirmInvitation(work, id);
    return done(`/invitations/${id}`, 'invitation.confirmed');
  },
});

export const cancelInvitationAction = action({
  name: 'invitation.cancel',
  permission: 'users.invite',
  input: cancelInvitationSchema,
  async run(work, { id, returnTo }) {
    await cancelInvitation(work, id);
    return done(returnTo || `/invitations/${id}`, 'invitation.cancelled');
  },
});
