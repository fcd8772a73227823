'use server';

import { action, done } from '@/server/work';
import { bulkIdSchema, confirmBulkSchema, planBulkSchema } from './plan.schema';
import { cancelBulk, confirmBulk, planBulk } from './plan.service';

export const planInvitationsAction = action({
  name: 'invitations.plan',
  permission: 'users.invite',
  input: planBulkSchema,
  run: async (work, input) => done(`/invitations/bulk/${await planBulk(work, input)}`),
});

export const confirmInvitationsAction = action({
  name: 'invitations.confirm-bulk',
  permission: 'users.invite',
  input: confirmBulkSchema,
  async run(work, input) {
    await confirmBulk(work, input);
    return done(`/invitations/bulk/${input.id}`);
  },
});

export const cancelInvitationsAction = action({
  name: 'invitations.cancel-bulk',
  permission: 'users.invite',
  input: bulkIdSchema,
  async run(work, { id }) {
    const { hadBegun } = await cancelBulk(work, id);
    return hadBegun ? done(`/invitations/bulk/${id}`, 'invitations.stopped') : done('/invitations', 'invitations.left');
  },
});
