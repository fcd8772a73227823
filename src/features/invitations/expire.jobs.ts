import { defineJob, noPayload } from '@/server/queue/define-job';

export const expireInvitationsJob = defineJob({
  name: 'invitations.expire',
  input: noPayload,
  exempt: true,
  queue: { retries: 0 },
  cron: '*/10 * * * *',
});
