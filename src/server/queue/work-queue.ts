import type { JobResult, PgBoss } from 'pg-boss';
import { logBug } from '../log';
import type { Job } from './define-job';

type Joined = { job: Job; handle(payload: unknown): Promise<void> };
type Taken = { id: string; data: unknown };

/** Works the jobs of one queue. A job that fails is tried again; the others of its batch are done. */
export async function workQueue(jobQueue: PgBoss, { job, handle }: Joined): Promise<void> {
  const { concurrency, pollSeconds, batch, wakeUps } = job.queue;
  const options = {
    localConcurrency: concurrency,
    pollingIntervalSeconds: pollSeconds,
    batchSize: batch,
    burstWhenBatchFull: batch > 1,
    perJobResults: true,
  } as const;
  await jobQueue.work(job.name, options, async (taken: Taken[]) => {
    if (!wakeUps) return handleEach(taken);
    const [first] = taken;
    const result = first && (await handleOne(first));
    return taken.map(({ id }) => ({ ...result, id, status: result?.status ?? 'completed' }));
  });

  async function handleEach(taken: Taken[]): Promise<JobResult[]> {
    const results: JobResult[] = [];
    for (const each of taken) results.push(await handleOne(each));
    return results;
  }

  async function handleOne({ id, data }: Taken): Promise<JobResult> {
    try {
      await handle(data);
      return { id, status: 'completed' };
    } catch (error) {
      // The queue keeps this beside the job, so it is only the reference of what was logged.
      return { id, status: 'failed', output: `Reference in the log: ${logBug(error, { job: job.name, id })}` };
    }
  }
}
