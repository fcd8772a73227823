'use server';

import { action, done } from '@/server/work';
import { createOrganization } from './create.service';
import { createOrganizationSchema } from './name.schema';

export const createOrganizationAction = action({
  name: 'organization.create',
  permission: 'organizations.create',
  input: createOrganizationSchema,
  run: async (work, input) => done(`/organizations/${await createOrganization(work, input)}`, 'organization.created'),
});
