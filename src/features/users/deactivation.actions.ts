'use server';

import { action, done } from '@/server/work';
import { deactivateSchema, reactivateSchema } from './deactivation.schema';
import { deactivateUser, reactivateUser, undoReactivation } from './deactivation.service';

/** Leads back to the page the form was on. `of` names the person, so that the notice on a list can offer undo too. */
function pathAfter({ id, returnTo }: { id: string; returnTo: string }): string {
  const path = returnTo || `/users/${id}`;
  return `${path}${path.includes('?') ? '&' : '?'}of=${id}`;
}

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
