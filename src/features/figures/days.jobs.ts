import { defineJob, noPayload } from '@/server/queue/define-job';

/** Counts joins and sign-ins per day and organization, hourly. */
export const countDaysJob = defineJob({
  name: 'figures.count-days',
  input: noPayload,
  exempt: true,
  queue: { retries: 0 },
  cron: '2 * * * *',
});
