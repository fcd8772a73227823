'use server';

import { action, done } from '@/server/work';
import { deleteGroup } from './deletion.service';
import { deleteGroupSchema } from './group.schema';

export const deleteGroupAction = action({
  name: 'group.delete',
  permission: 'groups.delete',
  input: deleteGroupSchema,
  run: async (work, input) => {
    await deleteGroup(work, input);
    // Never back to the page behind the dialog: that may be the group's own.
    return done('/groups', 'group.deleted');
  },
});
