'use server';

import { returnPath } from '@/lib/redirects';
import type { Fail } from '@/server/fail';
import { action, done } from '@/server/work';
import { cancelInvitation } from './cancel.service';
import { noticeOfRefusal } from './refusal.policy';
import { resendInvitation } from './resend.service';
import { cancelInvitationSchema } from './send.schema';

/** From the menu of a row. It has no place for a refusal, so the list says it. */
const fromMenu = {
  input: cancelInvitationSchema,
  refused(fail: Fail, { returnTo }: Record<string, unknown>) {
    const [path, notice] = [returnPath(returnTo), noticeOfRefusal(fail)];
    return path && notice ? done(path, notice) : null;
  },
};

export const resendAtOnceAction = action({
  name: 'invitation.resend-at-once',
  permission: 'users.invite',
  ...fromMenu,
  async run(work, { id, returnTo }) {
    await resendInvitation(work, id);
    return done(returnTo || '/invitations', 'invitation.resent');
  },
});

export const cancelAtOnceAction = action({
  name: 'invitation.cancel-at-once',
  permission: 'users.invite',
  ...fromMenu,
  async run(work, { id, returnTo }) {
    await cancelInvitation(work, id);
    return done(returnTo || '/invitations', 'invitation.cancelled');
  },
});
