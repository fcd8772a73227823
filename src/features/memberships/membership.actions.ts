'use server';

import { action, done, stay } from '@/server/work';
import { addMemberSchema, changeMembershipSchema } from './membership.schema';
import { addMember, changeMembership } from './membership.service';

export const addMemberAction = action({
  name: 'membership.add',
  permission: 'memberships.create',
  input: addMemberSchema,
  run: async (work, input) => {
    await addMember(work, input);
    return done(`/users/${input.id}/access`, 'membership.added');
  },
});

export const changeMembershipAction = action({
  name: 'membership.change',
  permission: 'memberships.update',
  input: changeMembershipSchema,
  run: async (work, input) => {
    const outcome = await changeMembership(work, input);
    if (outcome.kind === 'conflict') {
      const { conflict, values } = outcome;
      return stay({
        formError: 'Nothing was saved yet: these roles were changed while you were looking at them.',
        conflict,
        values: { id: input.id, organization: input.organization, ...values },
      });
    }
    const notice = outcome.kind === 'saved' ? 'membership.changed' : 'membership.unchanged';
    return done(`/users/${input.id}/access`, notice);
  },
});
