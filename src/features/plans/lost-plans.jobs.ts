import { defineJob, noPayload } from '@/server/queue/define-job';

/** Worker processes check much more often themselves, see worker.ts. This timetable is for when that fails. */
export const resumePlansJob = defineJob({
  name: 'plans.resume',
  input: noPayload,
  queue: { retries: 0, keepSeconds: 600 },
  cron: '* * * * *',
  exempt: true,
});
