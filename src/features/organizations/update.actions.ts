'use server';

import { action, done, stay } from '@/server/work';
import { updateOrganizationSchema } from './name.schema';
import { updateOrganization } from './update.service';

export const updateOrganizationAction = action({
  name: 'organization.update',
  permission: 'organizations.update',
  input: updateOrganizationSchema,
  run: async (work, input) => {
    const outcome = await updateOrganization(work, input);
    if (outcome.kind === 'conflict') {
      const { conflict, values } = outcome;
      return stay({
        formError: 'Nothing was saved yet: this organization was changed while you were editing.',
        conflict,
        values,
      });
    }
    const notice = outcome.kind === 'saved' ? 'organization.updated' : 'organization.unchanged';
    return done(`/organizations/${outcome.slug}`, notice);
  },
});
