'use server';

import { action, done } from '@/server/work';
import { deactivateOrganization, reactivateOrganization } from './deactivation.service';
import { organizationStatusSchema } from './name.schema';

export const deactivateOrganizationAction = action({
  name: 'organization.deactivate',
  permission: 'organizations.deactivate',
  input: organizationStatusSchema,
  run: async (work, input) => {
    const slug = await deactivateOrganization(work, input);
    return done(input.returnTo || `/organizations/${slug}`, 'organization.deactivated');
  },
});

export const reactivateOrganizationAction = action({
  name: 'organization.reactivate',
  permission: 'organizations.deactivate',
  input: organizationStatusSchema,
  run: async (work, input) => {
    const slug = await reactivateOrganization(work, input);
    return done(input.returnTo || `/organizations/${slug}`, 'organization.reactivated');
  },
});
