'use server';

import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { acceptSchema, tokenSchema } from './accept.schema';
import { acceptInvitation, joinByInvitation } from './accept.service';
import { requestNewLink } from './new-link.service';

export const acceptInvitationAction = action({
  name: 'invitation.accept',
  permission: 'public',
  input: acceptSchema,
  async run(work, input) {
    const outcome = await acceptInvitation(work, input);
    if (outcome.kind === 'on_hold') return stay({ formError: failures['invitation.on_hold'] });
    return done(outcome.path, 'account.activated', outcome.session);
  },
});

export const joinAction = action({
  name: 'invitation.join',
  permission: 'account.own',
  input: tokenSchema,
  async run(work, { token }) {
    const outcome = await joinByInvitation(work, token);
    if (outcome.kind === 'on_hold') return stay({ formError: failures['invitation.on_hold'] });
    return done('/', 'invitation.joined');
  },
});

export const requestNewLinkAction = action({
  name: 'invitation.request-new-link',
  permission: 'public',
  input: tokenSchema,
  // Only the first request is audited. A repeated one changes nothing and gets the same answer.
  unaudited: true,
  async run(work, { token }) {
    await requestNewLink(work, token);
    return done(`/activate/${token}`, 'invitation.asked');
  },
});
