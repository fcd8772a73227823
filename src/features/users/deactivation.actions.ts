'use server';

import { action, done } from '@/server/work';
import { deactivateSchema, reactivateSchema } from './deactivation.schema';
import { deactivateUser, reactivateUser, undoReactivation } from './deactivation.service';
import { pathAfter } from './undo-path.policy';

export const deactivateUserAction = action({
  name: 'user.deactivate',
  permission: 'users.deactivate',
  input: deactivateSchema,
  run: async (work, input) => {
    if (input.again) await undoReactivation(work, input.id);
    else await deactivateUser(work, input);
    return done(pathAfter(input), 'user.deactivated');
  },
});

export const reactivateUserAction = action({
  name: 'user.reactivate',
  permission: 'users.deactivate',
  input: reactivateSchema,
  run: async (work, input) => {
    await reactivateUser(work, input);
    return done(pathAfter(input), 'user.reactivated');
  },
});
