'use server';

import { action, done, stay } from '@/server/work';
import { updateGroupSchema } from './group.schema';
import { updateGroup } from './update.service';

export const updateGroupAction = action({
  name: 'group.update',
  permission: 'groups.edit',
  input: updateGroupSchema,
  run: async (work, input) => {
    const outcome = await updateGroup(work, input);
    if (outcome.kind === 'conflict') {
      const { conflict, values } = outcome;
      return stay({
        formError: 'Nothing was saved yet: this group was changed while you were editing.',
        conflict,
        values,
      });
    }
    return done(`/groups/${input.id}`, outcome.kind === 'saved' ? 'group.updated' : 'group.unchanged');
  },
});
