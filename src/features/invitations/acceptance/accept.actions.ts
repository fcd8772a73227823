'use server';

import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { acceptSchema, tokenSchema } from './accept.schema';
import { acceptInvitation, joinByInvitation } from './accept.service';
import { askAgain } from './new-link.service';

export const acceptInvitationAction = action({
  name: 'invitation.accept',
  permission: 'public',
  input: acceptSchema,
  async run(work, input) {
    const outcome = await acceptInvitation(work, input);
    if (outcome.kind === 'held') return stay({ formError: failures['invitation.held'] });
    return done(outcome.path, 'account.activated', outcome.session);
  },
});

export const joinAction = action({
  name: 'invitation.join',
  permission: 'account.own',
  input: tokenSchema,
  async run(work, { token }) {
    const outcome = await joinByInvitation(work, token);
    if (outcome.kind === 'held') return stay({ formError: failures['invitation.held'] });
    return done('/', 'invitation.joined');
  },
});

export const askAgainAction = action({
  name: 'invitation.askAgain',
  permission: 'public',
  input: tokenSchema,
  // Asking twice changes nothing and answers the same; the first time is audited.
  unaudited: true,
  async run(work, { token }) {
    await askAgain(work, token);
    return done(`/activate/${token}`, 'invitation.asked');
  },
});
