'use server';

import { action, done, stay } from '@/server/work';
import { updateUserSchema } from './profile.schema';
import { updateUser } from './profile.service';

export const updateUserAction = action({
  name: 'user.update',
  permission: 'users.update',
  input: updateUserSchema,
  run: async (work, input) => {
    const outcome = await updateUser(work, input);
    if (outcome.kind === 'conflict') {
      const { conflict, values } = outcome;
      return stay({
        formError: 'Nothing was saved yet: this person was changed while you were editing.',
        conflict,
        values,
      });
    }
    return done(`/users/${input.id}`, outcome.kind === 'saved' ? 'user.updated' : 'user.unchanged');
  },
});
