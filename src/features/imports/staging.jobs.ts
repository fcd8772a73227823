import { defineJob, noPayload } from '@/server/queue/define-job';

export const cutOffUploadsJob = defineJob({
  name: 'imports.cut-off',
  input: noPayload,
  queue: { retries: 0, keepSeconds: 600 },
  cron: '* * * * *',
  exempt: true,
});
