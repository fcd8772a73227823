'use server';

import { action, done } from '@/server/work';
import { reactivateSchema, suspendSchema } from './deactivation.schema';
import { reactivateUser, suspendAgain, suspendUser } from './deactivation.service';

/** Back to where it was asked for; the notice there says of whom it speaks, so that it can be undone from a list too. */
function pathAfter({ id, returnTo }: { id: string; returnTo: string }): string {
  const path = returnTo || `/users/${id}`;
  return `${path}${path.includes('?') ? '&' : '?'}of=${id}`;
}

export const suspendUserAction = action({
  name: 'user.suspend',
  permission: 'users.suspend',
  input: suspendSchema,
  run: async (work, input) => {
    if (input.again) await suspendAgain(work, input.id);
    else await suspendUser(work, input);
    return done(pathAfter(input), 'user.suspended');
  },
});

export const reactivateUserAction = action({
  name: 'user.reactivate',
  permission: 'users.suspend',
  input: reactivateSchema,
  run: async (work, input) => {
    await reactivateUser(work, input);
    return done(pathAfter(input), 'user.reactivated');
  },
});
