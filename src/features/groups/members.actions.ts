'use server';

import { changeGroups } from '@/features/memberships/groups.service';
import { action, done } from '@/server/work';
import { changeMemberSchema } from './group.schema';

export const changeMemberAction = action({
  name: 'group.change-member',
  permission: 'groups.update',
  input: changeMemberSchema,
  run: async (work, { id, group, change, returnTo }) => {
    const only = { groups: [group], was: [] };
    const isChanged = await changeGroups(work, { id, ...(change === 'add' ? only : { groups: [], was: [group] }) });
    const notice = change === 'add' ? 'group.member-added' : 'group.member-removed';
    return done(returnTo || `/groups/${group}/members`, isChanged ? notice : 'group.members-unchanged');
  },
});
