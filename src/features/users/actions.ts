'use server';

import { action, done } from '@/server/work';
import { saveUserList } from './list/service';
import { reactivateSchema, suspendSchema, userListFormSchema } from './schema';
import { reactivateUser, suspendUser } from './service';

export const suspendUserAction = action({
  name: 'user.suspend',
  permission: 'users.suspend',
  input: suspendSchema,
  run: async (work, input) => {
    await suspendUser(work, input);
    return done(`/users/${input.id}`, 'user.suspended');
  },
});

export const reactivateUserAction = action({
  name: 'user.reactivate',
  permission: 'users.suspend',
  input: reactivateSchema,
  run: async (work, input) => {
    await reactivateUser(work, input);
    return done(`/users/${input.id}`, 'user.reactivated');
  },
});

export const saveUserListAction = action({
  name: 'preference.lists.users',
  permission: 'users.read',
  input: userListFormSchema,
  unaudited: true,
  run: async (work, { returnTo, ...list }) => {
    await saveUserList(work, list);
    return done(returnTo);
  },
});
