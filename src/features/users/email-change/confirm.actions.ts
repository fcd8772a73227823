'use server';

import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { confirmEmailChange } from './confirm.service';
import { tokenSchema } from './request.schema';

export const confirmEmailChangeAction = action({
  name: 'email-change.confirm',
  permission: 'public',
  input: tokenSchema,
  run: async (work, { token }) => {
    const outcome = await confirmEmailChange(work, token);
    if (outcome === 'withdrawn') return stay({ formError: failures['email_change.withdrawn'] });
    return done(`/confirm-email/${token}`);
  },
});
