'use server';

import { action, done } from '@/server/work';
import { setUpSchema } from './first-admin.schema';
import { setUp } from './first-admin.service';

export const setUpAction = action({
  name: 'rollcall.set-up',
  permission: 'public',
  input: setUpSchema,
  run: async (work, input) => done('/', 'rollcall.set-up', await setUp(work, input)),
});
