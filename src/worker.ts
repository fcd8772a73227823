// Importing these files registers the jobs and mails of every feature.
import '@/features/account/password.emails';
import '@/features/account/password-reset.jobs';
import '@/features/retention/expired-records.jobs';
import '@/features/imports/validate.jobs';
import '@/features/invitations/mail.emails';
import '@/features/invitations/bulk/plan.jobs';
import '@/features/invitations/expire.jobs';
import '@/features/invitations/reminders.jobs';
import '@/features/imports/staging.jobs';
import '@/features/memberships/membership.emails';
import '@/features/plans/lost-plans.jobs';
import { lostAfterSeconds } from '@/features/plans/lost-plans.service';
import '@/features/users/email-change/request.emails';
import '@/features/users/deactivation.jobs';
import { schedule } from '@/schedule';
import { env } from '@/server/env';
import { jobRegistry } from '@/server/job';
import { log, logBug } from '@/server/log';
import { leaseSeconds } from '@/server/mail/claims';
import { stopSending } from '@/server/mail/jobs';
import { makeWorkerQueue } from '@/server/queue/job-queue';
import { ensureQueues, settingsOf } from '@/server/queue/queues';
import { startSealing } from '@/server/seal';
import { checkRoleSettings } from '@/server/start-check';

/** How long running jobs can take to finish when the process is asked to stop; then another worker takes them over. */
const stopTimeoutMs = 25_000;

const jobQueue = makeWorkerQueue();
let stopSealing: (() => Promise<void>) | undefined;
let resuming: NodeJS.Timeout | undefined;

async function start() {
  env();
  await checkRoleSettings();
  await ensureQueues({ names: jobRegistry.keys() });
  await jobQueue.start();
  await syncSchedule();
  for (const name of jobRegistry.keys()) await workOn(name);
  // Once now, and once after the leases of a worker that died just before us have run out.
  await jobQueue.send('emails.send', {});
  await jobQueue.send('emails.send', {}, { startAfter: leaseSeconds() + 2 });
  stopSealing = startSealing();
  void resume();
  log('info', 'worker.ready', { jobs: jobRegistry.size });
}

/** Not through a queue: when another worker dies, this one must notice within seconds, not at the next full minute. */
async function resume() {
  await jobRegistry
    .get('plans.resume')
    ?.handle({})
    .catch((error: unknown) => logBug(error, { job: 'plans.resume' }));
  resuming = setTimeout(resume, (lostAfterSeconds() * 1000) / 4);
}

async function workOn(name: string) {
  const job = jobRegistry.get(name);
  if (!job) return;
  const { concurrency, pollSeconds, batch } = settingsOf(name);
  await jobQueue.work(
    name,
    { localConcurrency: concurrency, pollingIntervalSeconds: pollSeconds, batchSize: batch },
    async (jobs) => {
      // A queue with batches contains wake-ups, all alike: one run handles them all.
      const [first] = jobs;
      if (!first) return;
      try {
        await job.handle(first.data);
      } catch (error) {
        logBug(error, { job: name, id: first.id });
        throw error;
      }
    },
  );
}

/** Makes the schedule in the database match the code: an entry that was removed from the code stops. */
async function syncSchedule() {
  const own = [...jobRegistry.values()].flatMap(({ name, cron }) => (cron ? [{ queue: name, cron }] : []));
  const wanted = [...schedule, ...own];
  for (const { queue, cron } of wanted) await jobQueue.schedule(queue, cron, {}, { tz: 'UTC' });
  for (const { name } of await jobQueue.getSchedules()) {
    if (!wanted.some(({ queue }) => queue === name)) await jobQueue.unschedule(name);
  }
}

async function stop(signal: string) {
  log('info', 'worker.stopping', { signal });
  const forced = setTimeout(() => process.exit(1), stopTimeoutMs + 2000);
  forced.unref();
  clearTimeout(resuming);
  await Promise.all([stopSealing?.(), stopSending(), jobQueue.stop({ graceful: true, timeout: stopTimeoutMs })]);
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

start().catch((error: unknown) => {
  logBug(error, { step: 'start' });
  process.exit(1);
});
