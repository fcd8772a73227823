'use server';

import { action, done, stay } from '@/server/work';
import { changePlatformRolesSchema } from './membership.schema';
import { changePlatformRoles } from './platform-roles.service';

export const changePlatformRolesAction = action({
  name: 'user.change-roles',
  permission: 'roles.grant',
  input: changePlatformRolesSchema,
  run: async (work, input) => {
    const outcome = await changePlatformRoles(work, input);
    if (outcome.kind === 'conflict') {
      const { conflict, values } = outcome;
      return stay({
        formError: 'Nothing was saved yet: these roles were changed while you were looking at them.',
        conflict,
        values: { id: input.id, ...values },
      });
    }
    return done(`/users/${input.id}/access`, outcome.kind === 'saved' ? 'membership.changed' : 'membership.unchanged');
  },
});
