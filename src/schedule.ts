/** `cron` has five fields in UTC; the queue is the job's name. Each slot runs once, however many workers there are. */
export const schedule: { queue: string; cron: string; what: string }[] = [
  { queue: 'emails.send', cron: '* * * * *', what: 'sends waiting mails, including retries and those left by a crash' },
  {
    queue: 'invitations.remind',
    cron: '*/15 * * * *',
    what: 'sends invitation reminders after three days and on the last day',
  },
  {
    queue: 'records.clean',
    cron: '17 3 * * *',
    what: 'deletes expired records, see retention in lib/limits',
  },
  { queue: 'users.reactivate-due', cron: '*/5 * * * *', what: 'ends deactivations whose last day is over' },
];
