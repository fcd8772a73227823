'use server';

import { ownSignInPath } from '@/server/auth/sign-in-path';
import { action, done } from '@/server/work';
import { noFields } from './password.schema';
import { endSessionSchema } from './sessions.schema';
import { endOwnSession, revokeOtherSessions, revokeOwnSession } from './sessions.service';

export const signOutAction = action({
  name: 'session.end',
  permission: 'session.own',
  input: noFields,
  run: async (work) => {
    await endOwnSession(work);
    return done(await ownSignInPath(), 'session.ended', 'end');
  },
});

export const endOwnSessionAction = action({
  name: 'account.session.end',
  permission: 'account.own',
  input: endSessionSchema,
  run: async (work, { id }) => {
    await revokeOwnSession(work, id);
    return id === work.sessionId
      ? done(await ownSignInPath(), 'session.ended', 'end')
      : done('/account/sessions', 'account.session-ended');
  },
});

export const endOtherSessionsAction = action({
  name: 'account.sessions.end-others',
  permission: 'account.own',
  input: noFields,
  run: async (work) => {
    await revokeOtherSessions(work);
    return done('/account/sessions', 'account.sessions-ended');
  },
});
