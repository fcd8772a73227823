import { planJobInput } from '@/features/plans/plan.schema';
import { defineJob } from '@/server/queue/define-job';

export const validateBulkJob = defineJob({
  name: 'invitations.validate',
  input: planJobInput,
  exempt: true,
  queue: { pollSeconds: 1, onePerId: true },
});

export const applyBulkJob = defineJob({
  name: 'invitations.apply',
  input: planJobInput,
  exempt: true,
  queue: { pollSeconds: 1, concurrency: 2, expireSeconds: 6 * 3600, onePerId: true },
});
