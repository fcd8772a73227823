'use server';

import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { changeEmailSchema, changeOwnEmailSchema, noFields, personSchema, tokenSchema } from './schema';
import {
  cancelEmailChange,
  cancelOwnEmailChange,
  changeEmailNow,
  confirmEmailChange,
  requestEmailChange,
  requestOwnEmailChange,
  resendEmailChange,
} from './service';

export const changeEmailAction = action({
  name: 'emailChange.request',
  permission: 'users.update',
  input: changeEmailSchema,
  run: async (work, { how, ...input }) => {
    if (how === 'now') {
      await changeEmailNow(work, input);
      return done(`/users/${input.id}`, 'user.email-changed');
    }
    await requestEmailChange(work, input);
    return done(`/users/${input.id}`, 'user.email-change-requested');
  },
});

export const resendEmailChangeAction = action({
  name: 'emailChange.resend',
  permission: 'users.update',
  input: personSchema,
  run: async (work, { id }) => {
    await resendEmailChange(work, id);
    return done(`/users/${id}`, 'user.email-change-requested');
  },
});

export const cancelEmailChangeAction = action({
  name: 'emailChange.cancel',
  permission: 'users.update',
  input: personSchema,
  run: async (work, { id }) => {
    await cancelEmailChange(work, id);
    return done(`/users/${id}`, 'user.email-change-cancelled');
  },
});

export const confirmEmailChangeAction = action({
  name: 'emailChange.confirm',
  permission: 'public',
  input: tokenSchema,
  run: async (work, { token }) => {
    const outcome = await confirmEmailChange(work, token);
    if (outcome === 'withdrawn') return stay({ formError: failures['email_change.withdrawn'] });
    return done(`/confirm-email/${token}`);
  },
});

export const changeOwnEmailAction = action({
  name: 'emailChange.requestOwn',
  permission: 'account.own',
  input: changeOwnEmailSchema,
  run: async (work, input) => {
    const { refused } = await requestOwnEmailChange(work, input);
    if (refused === 'too_many') return stay({ formError: failures.too_many });
    if (refused) return stay({ fieldErrors: { currentPassword: [failures[refused]] } });
    return done('/account/email', 'user.email-change-requested');
  },
});

export const cancelOwnEmailChangeAction = action({
  name: 'emailChange.cancelOwn',
  permission: 'account.own',
  input: noFields,
  run: async (work) => {
    await cancelOwnEmailChange(work);
    return done('/account/email', 'user.email-change-cancelled');
  },
});
