import { defineJob, noPayload } from '@/server/queue/define-job';

/** Lets confirmed changes of address take effect when nobody stopped them, at most five minutes late. */
export const applyDueEmailChangesJob = defineJob({
  name: 'users.apply-email-changes',
  input: noPayload,
  exempt: true,
  queue: { retries: 0 },
  cron: '*/5 * * * *',
});
