import { PgBoss } from 'pg-boss';
import { env } from '../env';

type QueueSettings = {
  retries: number;
  /** The first delay; it doubles up to `maxDelaySeconds`. */
  delaySeconds: number;
  maxDelaySeconds: number;
  /** A job that runs longer counts as lost and is tried again; a dead worker is noticed earlier by its heartbeat. */
  expireSeconds: number;
  concurrency: number;
  batch: number;
  pollSeconds: number;
  keepSeconds: number;
  /** At most one job with the same `id` in its payload waits; another one is dropped. */
  onePerId: boolean;
};

const ordinary: QueueSettings = {
  retries: 5,
  delaySeconds: 5,
  maxDelaySeconds: 600,
  expireSeconds: 900,
  concurrency: 1,
  batch: 1,
  pollSeconds: 2,
  keepSeconds: 24 * 3600,
  onePerId: false,
};

const deadLetters = 'dead.letters';

/** `prepare` makes these rows before the first request, so jobs can be added before any worker has run. */
export const queues: Record<string, Partial<QueueSettings>> = {
  // A person is waiting for this mail at the sign-in page.
  'account.password-help': { pollSeconds: 1 },
  // Wake-ups: one drain of the outbox handles a batch of them. Polled often, kept briefly.
  'emails.send': { retries: 0, batch: 200, pollSeconds: 1, keepSeconds: 600, expireSeconds: 3600 },
  'imports.cut-off': { retries: 0, keepSeconds: 600 },
  // A file can have 100,000 rows. Each chunk is a transaction of its own, and the plan itself notices a lost worker.
  'imports.validate': { pollSeconds: 1, concurrency: 2, expireSeconds: 6 * 3600, onePerId: true },
  'imports.apply': { pollSeconds: 1, concurrency: 2, expireSeconds: 6 * 3600, onePerId: true },
  'invitations.apply': { pollSeconds: 1, concurrency: 2, expireSeconds: 6 * 3600, onePerId: true },
  'invitations.expire': { retries: 0 },
  'invitations.validate': { pollSeconds: 1, onePerId: true },
  'invitations.remind': { retries: 0 },
  'plans.resume': { retries: 0, keepSeconds: 600 },
  'records.clean': { retries: 0, expireSeconds: 3600 },
  'users.reactivate-due': { retries: 0 },
};

export function settingsOf(name: string): QueueSettings {
  return { ...ordinary, ...queues[name] };
}

/** Rows only, no DDL, so the application's role can do it. `url` defaults to DATABASE_URL. */
export async function ensureQueues(options: { names?: Iterable<string>; url?: string } = {}): Promise<void> {
  const jobQueue = new PgBoss({
    connectionString: options.url ?? env().DATABASE_URL,
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
    for (const name of new Set([...Object.keys(queues), ...(options.names ?? [])])) {
      const settings = settingsOf(name);
      const rules = rulesOf(settings);
      const policy = settings.onePerId ? 'short' : 'standard';
      if (!there.has(name)) await jobQueue.createQueue(name, { policy });
      // The library can change all of a queue but its policy. Waiting jobs keep the one they were added with.
      else await jobQueue.getDb().executeSql('UPDATE pgboss.queue SET policy = $1 WHERE name = $2', [policy, name]);
      await jobQueue.updateQueue(name, rules);
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
