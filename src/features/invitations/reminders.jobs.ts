import { defineJob, noPayload } from '@/server/queue/define-job';

/** Sends invitation reminders after three days and on the last day. */
export const remindInvitationsJob = defineJob({
  name: 'invitations.remind',
  input: noPayload,
  exempt: true,
  queue: { retries: 0 },
  cron: '*/15 * * * *',
});
