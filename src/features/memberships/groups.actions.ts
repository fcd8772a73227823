'use server';

import { action, done } from '@/server/work';
import { changeGroupsSchema } from './groups.schema';
import { changeGroups } from './groups.service';

export const changeGroupsAction = action({
  name: 'user.change-groups',
  permission: 'groups.update',
  input: changeGroupsSchema,
  run: async (work, input) => {
    const isChanged = await changeGroups(work, input);
    return done(`/users/${input.id}/access`, isChanged ? 'groups.changed' : 'groups.unchanged');
  },
});
