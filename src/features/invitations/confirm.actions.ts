'use server';

import { action, done } from '@/server/work';
import { confirmInvitation } from './confirm.service';
import { invitationIdSchema } from './send.schema';

export const confirmInvitationAction = action({
  name: 'invitation.confirm',
  permission: 'users.invite',
  input: invitationIdSchema,
  async run(work, { id }) {
    await confirmInvitation(work, id);
    return done(`/invitations/${id}`, 'invitation.confirmed');
  },
});
