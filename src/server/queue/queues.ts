import { PgBoss } from 'pg-boss';
import { env } from '../env';

type QueueSettings = {
  /** How often a job that threw is tried again. */
  retries: number;
  /** First delay; it doubles up to `maxDelaySeconds`. */
  delaySeconds: number;
  maxDelaySeconds: number;
  /** A job that runs longer is taken to be lost and tried again; a dead worker's jobs are noticed by their heartbeat. */
  expireSeconds: number;
  /** How many jobs of this queue one worker process works at once. */
  concurrency: number;
  /** Jobs taken up together and answered by one run: more than one only where all jobs are alike. */
  batch: number;
  /** How often a worker looks for jobs. */
  pollSeconds: number;
  /** How long a finished job is kept. */
  keepSeconds: number;
  /** Of jobs with the same `id` in their payload one waits at most: another one sent meanwhile is dropped. */
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

/**
 * Every queue that something is put into. The rows are made by `prepare`, before the first request: a job can be put in
 * although no worker ever ran.
 */
export const queues: Record<string, Partial<QueueSettings>> = {
  // Somebody waits for this mail in front of the sign-in page.
  'account.password-help': { pollSeconds: 1 },
  // Wake-ups: one look at the outbox answers a heap of them. Looked for often, kept briefly.
  'emails.send': { retries: 0, batch: 200, pollSeconds: 1, keepSeconds: 600, expireSeconds: 3600 },
  'imports.cut-off': { retries: 0, keepSeconds: 600 },
  // A file of 100,000 rows; each chunk is a transaction of its own and a lost worker is noticed by the plan itself.
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

/**
 * Makes the rows of these queues and of the dead letters, and brings changed settings to existing ones. Rows only, no
 * DDL: the application's role may do it. `url` defaults to DATABASE_URL.
 */
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
      // The library changes everything of a queue but this. Jobs that wait keep the one they were put in with.
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
    // A wake-up that failed is no loss: the next one, or the sweep, does the same.
    deadLetter: settings.retries > 0 ? deadLetters : null,
  };
}
