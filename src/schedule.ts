/**
 * Every timetable of Rollcall, on one page. `cron` has five fields and is read in UTC; the queue is the job's name. Each
 * slot runs once, however many workers there are.
 */
export const schedule: { queue: string; cron: string; what: string }[] = [
  { queue: 'emails.send', cron: '* * * * *', what: 'sends what waits in the outbox, retries and leftovers of a crash' },
  {
    queue: 'invitations.remind',
    cron: '*/15 * * * *',
    what: 'reminds of invitations after three days and on the last',
  },
  {
    queue: 'records.clean',
    cron: '17 3 * * *',
    what: 'deletes what nobody needs any more, see retention in lib/limits',
  },
  { queue: 'users.reactivate-due', cron: '*/5 * * * *', what: 'ends deactivations whose last day is over' },
];
