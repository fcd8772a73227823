import { PgBoss } from 'pg-boss';
import { env } from '../env';
import type { Job, QueueSettings } from './define-job';

const deadLetters = 'dead.letters';

/**
 * `prepare` makes these rows before the first request, so jobs can be added before any worker has run. Rows only, no
 * DDL, so the application's role can do it. `url` defaults to DATABASE_URL.
 */
export async function ensureQueues(jobs: Iterable<Job>, url = env().DATABASE_URL): Promise<void> {
  const jobQueue = new PgBoss({
    connectionString: url,
    schema: 'pgboss',
    max: 1,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  await jobQueue.start();
  try {
    const there = new Set((await jobQueue.getQueues()).map((queue) => queue.name));
    if (!there.has(deadLetters)) await jobQueue.createQueue(deadLetters, { retryLimit: 0 });
    for (const { name, queue } of jobs) {
      const policy = queue.onePerId ? 'short' : 'standard';
      if (!there.has(name)) await jobQueue.createQueue(name, { policy });
      // The library can change all of a queue but its policy. Waiting jobs keep the one they were added with.
      else await jobQueue.getDb().executeSql('UPDATE pgboss.queue SET policy = $1 WHERE name = $2', [policy, name]);
      await jobQueue.updateQueue(name, rulesOf(queue));
    }
  } finally {
    await jobQueue.stop({ graceful: false });
  }
}

function rulesOf(settings: QueueSettings) {
  return {
    retryLimit: settings.retries,
    retryDelay: settings.delaySeconds,
    retryBackoff: true,
    retryDelayMax: settings.maxDelaySeconds,
    heartbeatSeconds: 20,
    expireInSeconds: settings.expireSeconds,
    deleteAfterSeconds: settings.keepSeconds,
    // A failed wake-up is no loss: the next one, or the sweep, does the same.
    deadLetter: settings.retries > 0 ? deadLetters : null,
  };
}
