'use server';

import { action, done } from '@/server/work';
import { hidingSchema } from './hiding.schema';
import { hideWaiting } from './hiding.service';

export const hideWaitingAction = action({
  name: 'home.hide-waiting',
  permission: 'account.own',
  input: hidingSchema,
  unaudited: true,
  run: async (work, input) => {
    await hideWaiting(work, input);
    return done('/');
  },
});
