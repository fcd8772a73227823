'use server';

import { action, done } from '@/server/work';
import { cancelInvitation } from './cancel.service';
import { confirmInvitation } from './confirm.service';
import { resendInvitation } from './resend.service';
import { cancelInvitationSchema, invitationIdSchema } from './send.schema';

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
