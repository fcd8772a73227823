'use server';

import { ownSignInPath, readSlug } from '@/server/auth/sign-in-path';
import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { landingPath } from './landing.policy';
import { changePasswordSchema, forgotPasswordSchema, resetPasswordSchema } from './password.schema';
import { changePassword } from './password.service';
import { requestReset, resetPassword } from './password-reset.service';
import { organizationQuery } from './sign-in.schema';

export const forgotPasswordAction = action({
  name: 'password.forgot',
  permission: 'public',
  input: forgotPasswordSchema,
  run: async (work, input) => {
    await requestReset(work, input);
    return done(`/forgot-password?sent=1${organizationQuery(readSlug(input.organization), '&')}`);
  },
});

export const resetPasswordAction = action({
  name: 'password.reset',
  permission: 'public',
  input: resetPasswordSchema,
  run: async (work, input) => {
    await resetPassword(work, input);
    return done(await ownSignInPath(), 'password.reset', 'end');
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
