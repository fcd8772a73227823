import { defineJob, noPayload } from '@/server/queue/define-job';

/** Ends deactivations after their last day, at most five minutes late. */
export const reactivateDueJob = defineJob({
  name: 'users.reactivate-due',
  input: noPayload,
  exempt: true,
  queue: { retries: 0 },
  cron: '*/5 * * * *',
});
