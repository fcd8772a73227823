'use server';

import { ownSignInPath } from '@/server/auth/door';
import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { landingPath } from './policy';
import { changePasswordSchema, forgotPasswordSchema, noFields, resetPasswordSchema } from './schema';
import { askForReset, changePassword, endOwnSession, resetPassword } from './service';

export const forgotPasswordAction = action({
  name: 'password.forgot',
  permission: 'public',
  input: forgotPasswordSchema,
  run: async (work, input) => {
    await askForReset(work, input);
    return done('/forgot-password?sent=1');
  },
});

export const resetPasswordAction = action({
  name: 'password.reset',
  permission: 'public',
  input: resetPasswordSchema,
  run: async (work, input) => {
    await resetPassword(work, input);
    return done('/sign-in', 'password.reset');
  },
});

export const changePasswordAction = action({
  name: 'password.change',
  permission: 'session.own',
  input: changePasswordSchema,
  run: async (work, input) => {
    const changed = await changePassword(work, input);
    if ('token' in changed) return done(input.next || landingPath(work), 'account.password-changed', changed);
    if (changed.refused === 'too_many') return stay({ formError: failures.too_many });
    return stay({ fieldErrors: { currentPassword: [failures['password.wrong']] } });
  },
});

export const signOutAction = action({
  name: 'session.end',
  permission: 'session.own',
  input: noFields,
  run: async (work) => {
    await endOwnSession(work);
    return done(await ownSignInPath(), 'session.ended', 'end');
  },
});
