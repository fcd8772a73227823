'use server';

import { endMembershipSchema } from '@/features/memberships/membership.schema';
import { action, done } from '@/server/work';
import { endMembership } from './membership.service';

export const endMembershipAction = action({
  name: 'membership.end',
  permission: 'memberships.end',
  input: endMembershipSchema,
  run: async (work, input) => {
    await endMembership(work, input);
    // A reader of one organization no longer sees this person.
    const isSeen = work.may('users.read', null);
    return done(isSeen ? `/users/${input.id}/access` : '/users', 'membership.ended');
  },
});
