'use server';

import { action, done } from '@/server/work';
import { archiveSchema } from './archive.schema';
import { archiveUser, restoreUser } from './archive.service';
import { pathAfter } from './undo-path.policy';

export const archiveUserAction = action({
  name: 'user.archive',
  permission: 'users.archive',
  input: archiveSchema,
  run: async (work, input) => {
    await archiveUser(work, input);
    return done(pathAfter(input), 'user.archived');
  },
});

export const restoreUserAction = action({
  name: 'user.restore',
  permission: 'users.archive',
  input: archiveSchema,
  run: async (work, input) => {
    await restoreUser(work, input);
    return done(pathAfter(input), 'user.restored');
  },
});
