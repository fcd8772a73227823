'use server';

import { action, done } from '@/server/work';
import { cancelInvitation } from './cancel.service';
import { cancelInvitationSchema } from './send.schema';

export const cancelInvitationAction = action({
  name: 'invitation.cancel',
  permission: 'users.invite',
  input: cancelInvitationSchema,
  async run(work, { id, returnTo }) {
    await cancelInvitation(work, id);
    return done(returnTo || `/invitations/${id}`, 'invitation.cancelled');
  },
});
