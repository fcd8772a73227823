'use server';

import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { agreeToEmailChange, stopEmailChange } from './consent.service';
import { tokenSchema } from './request.schema';

export const agreeToEmailChangeAction = action({
  name: 'email-change.agree',
  permission: 'public',
  input: tokenSchema,
  run: async (work, { token }) => {
    const outcome = await agreeToEmailChange(work, token);
    if (outcome === 'withdrawn') return stay({ formError: failures['email_change.withdrawn'] });
    return done(`/email-change/${token}`);
  },
});

export const stopEmailChangeAction = action({
  name: 'email-change.stop',
  permission: 'public',
  input: tokenSchema,
  run: async (work, { token }) => {
    await stopEmailChange(work, token);
    return done(`/email-change/${token}`);
  },
});
