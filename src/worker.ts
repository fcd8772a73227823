import './handlers';
import { resumePlansJob } from '@/features/plans/lost-plans.jobs';
import { lostAfterSeconds } from '@/features/plans/lost-plans.service';
import { env } from '@/server/env';
import { declaredJobs, jobRegistry } from '@/server/job';
import { log, logBug } from '@/server/log';
import { leaseSeconds } from '@/server/mail/claims';
import { sendEmailsJob } from '@/server/mail/outbox';
import { stopSending } from '@/server/mail/wake-ups';
import { makeWorkerQueue } from '@/server/queue/job-queue';
import { ensureQueues } from '@/server/queue/queues';
import { workQueue } from '@/server/queue/work-queue';
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
  await ensureQueues(declaredJobs());
  await jobQueue.start();
  await syncSchedule();
  for (const joined of jobRegistry.values()) await workQueue(jobQueue, joined);
  // Once now, and once after the leases of a worker that died just before us have run out.
  await jobQueue.send(sendEmailsJob.name, {});
  await jobQueue.send(sendEmailsJob.name, {}, { startAfter: leaseSeconds() + 2 });
  stopSealing = startSealing();
  void resume();
  log('info', 'worker.ready', { jobs: jobRegistry.size });
}

/** Not through a queue: when another worker dies, this one must notice within seconds, not at the next full minute. */
async function resume() {
  await jobRegistry
    .get(resumePlansJob.name)
    ?.handle({})
    .catch((error: unknown) => logBug(error, { job: resumePlansJob.name }));
  resuming = setTimeout(resume, (lostAfterSeconds() * 1000) / 4);
}

/** Makes the schedule in the database match the code: an entry that was removed from the code stops. */
async function syncSchedule() {
  const timetable = new Map(declaredJobs().flatMap(({ name, cron }) => (cron ? [[name, cron]] : [])));
  for (const [name, cron] of timetable) await jobQueue.schedule(name, cron, {}, { tz: 'UTC' });
  for (const { name } of await jobQueue.getSchedules()) {
    if (!timetable.has(name)) await jobQueue.unschedule(name);
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

// Node would print these whole, with whatever their message repeats.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    logBug(error, { step: event });
    process.exit(1);
  });
}

start().catch((error: unknown) => {
  logBug(error, { step: 'start' });
  process.exit(1);
});
