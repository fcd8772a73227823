'use server';

import { action, done } from '@/server/work';
import { signInHelpSchema } from './sign-in-help.schema';
import { sendPasswordReset, unlockUser } from './sign-in-help.service';

export const sendPasswordResetAction = action({
  name: 'user.send-password-reset',
  permission: 'users.reset-password',
  input: signInHelpSchema,
  run: async (work, { id, returnTo }) => {
    await sendPasswordReset(work, id);
    return done(returnTo || `/users/${id}`, 'user.password-reset-sent');
  },
});

export const unlockUserAction = action({
  name: 'user.unlock',
  permission: 'users.reset-password',
  input: signInHelpSchema,
  run: async (work, { id, returnTo }) => {
    await unlockUser(work, id);
    return done(returnTo || `/users/${id}`, 'user.unlocked');
  },
});
