'use server';

import { action, done } from '@/server/work';
import { userListFormSchema } from './list-preference.schema';
import { saveUserList } from './list-preference.service';

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
