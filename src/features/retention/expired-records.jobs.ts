import { defineJob, noPayload } from '@/server/queue/define-job';

/** Deletes expired records nightly, see `retention` in lib/limits. */
export const deleteExpiredJob = defineJob({
  name: 'records.clean',
  input: noPayload,
  exempt: true,
  queue: { retries: 0, expireSeconds: 3600 },
  cron: '17 3 * * *',
});
