'use server';

import { action, done } from '@/server/work';
import { resendInvitation } from './resend.service';
import { invitationIdSchema } from './send.schema';

export const resendInvitationAction = action({
  name: 'invitation.resend',
  permission: 'users.invite',
  input: invitationIdSchema,
  async run(work, { id }) {
    await resendInvitation(work, id);
    return done(`/invitations/${id}`, 'invitation.resent');
  },
});
