'use server';

import { profileEditSchema } from '@/features/users/profile.schema';
import { action, done, stay } from '@/server/work';
import { updateOwnProfile } from './profile.service';

export const updateOwnProfileAction = action({
  name: 'account.profile',
  permission: 'account.own',
  input: profileEditSchema,
  run: async (work, input) => {
    const outcome = await updateOwnProfile(work, input);
    if (outcome.kind === 'conflict') {
      const { conflict, values } = outcome;
      return stay({
        formError: 'Nothing was saved yet. Your profile was changed while you were editing it.',
        conflict,
        values,
      });
    }
    return done('/account', outcome.kind === 'saved' ? 'account.saved' : 'account.unchanged');
  },
});
