'use server';

import { saveListPreference } from '@/features/account/preferences.service';
import { action, done } from '@/server/work';
import { userListFormSchema } from './list-preference.schema';

export const saveUserListAction = action({
  name: 'preference.lists.users',
  permission: 'users.read',
  input: userListFormSchema,
  unaudited: true,
  run: async (work, { returnTo, ...list }) => {
    await saveListPreference(work, 'users', list);
    return done(returnTo);
  },
});
