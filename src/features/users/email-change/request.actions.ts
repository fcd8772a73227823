'use server';

import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { changeEmailNow } from './confirm.service';
import { changeEmailSchema, changeOwnEmailSchema, noFields, personSchema } from './request.schema';
import {
  cancelEmailChange,
  cancelOwnEmailChange,
  requestEmailChange,
  requestOwnEmailChange,
  resendEmailChange,
} from './request.service';

export const changeEmailAction = action({
  name: 'email-change.request',
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
  name: 'email-change.resend',
  permission: 'users.update',
  input: personSchema,
  run: async (work, { id }) => {
    await resendEmailChange(work, id);
    return done(`/users/${id}`, 'user.email-change-requested');
  },
});

export const cancelEmailChangeAction = action({
  name: 'email-change.cancel',
  permission: 'users.update',
  input: personSchema,
  run: async (work, { id }) => {
    await cancelEmailChange(work, id);
    return done(`/users/${id}`, 'user.email-change-cancelled');
  },
});

export const changeOwnEmailAction = action({
  name: 'email-change.request-own',
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
  name: 'email-change.cancel-own',
  permission: 'account.own',
  input: noFields,
  run: async (work) => {
    await cancelOwnEmailChange(work);
    return done('/account/email', 'user.email-change-cancelled');
  },
});
