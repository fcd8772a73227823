import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';
import { type ImportRun, openImportRun } from './support/import-run';
import { startWorkers, type Worker } from './support/workers';

/** At full size the worker is stopped for a minute, and all waiting times are those of production. */
const fullPauseMs = 60_000;

export const r10: Fault = {
  id: 'R10',
  what: 'a worker stopped (SIGSTOP) for a minute in the middle of a chunk, then continued',
  mustHold: 'its commit is refused, another worker has taken over, nothing is done twice',
  async run({ share, say }) {
    const isFullSize = share >= 1;
    const run = await openImportRun('R10', isFullSize ? {} : { ROLLCALL_SILENCE_SECONDS: '2' }, say);
    try {
      const { broken, note } = await stopAndContinue(run, ...sizeOf(share));
      broken.push(...(await run.checkEverything()));
      return { runs: 1, broken, note };
    } finally {
      await run.close();
    }
  },
};

function sizeOf(share: number): [rows: number, pauseMs: number] {
  if (share >= 1) return [20_000, fullPauseMs];
  return share > 0 ? [6_000, 12_000] : [3_000, 6_000];
}

async function stopAndContinue(run: ImportRun, count: number, pauseMs: number) {
  const { rows, file } = await run.makeFile(count, 'stopped', 2);
  const id = await run.act('upload', file);
  if (id === null) throw new Error('The upload was killed although no crash point was set.');
  run.keep({ id, rows, mark: 'stopped' });
  await run.act('prepare', id);
  const broken: string[] = [];
  const workers = startWorkers(run.place, 2);
  try {
    await until(async () => (await run.progressOf(id)).state === 'ready', 120, 'validated');
    await run.act('confirm', id);
    await until(async () => (await run.progressOf(id)).done > 0, 60, 'started');
    const stopped = await stopInAChunk(run, workers.all);
    const { epoch, done } = await run.progressOf(id);
    await sleep(pauseMs);
    const before = await run.progressOf(id);
    if (before.epoch === epoch) broken.push(`No worker took over in ${pauseMs / 1000} s`);
    stopped.kill('SIGCONT');
    await until(async () => (await run.progressOf(id)).state === 'done', 180, 'done');
    broken.push(...(await run.rest(90)));
    if (stopped.deaths() > 0) broken.push('The stopped worker did not survive');
    const note = `stopped at row ${done}; the other worker was at row ${before.done} when it continued`;
    return { broken, note };
  } finally {
    for (const worker of workers.all) worker.kill('SIGCONT');
    await workers.stop();
  }
}

/** Stops workers in turn until one is stopped while it locks the plan, in the middle of a chunk's transaction. */
async function stopInAChunk(run: ImportRun, workers: Worker[]): Promise<Worker> {
  const lockQuery = `
    SELECT 1 FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
     WHERE a.state = 'idle in transaction' AND a.state_change < clock_timestamp() - interval '100 ms'
       AND l.relation = 'plan'::regclass AND l.mode = 'RowShareLock'`;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const worker = workers[attempt % workers.length];
    worker?.kill('SIGSTOP');
    await sleep(200);
    if (worker && (await run.query(lockQuery)).length > 0) return worker;
    worker?.kill('SIGCONT');
    await sleep(20);
  }
  throw new Error('No worker could be stopped in the middle of a chunk.');
}

async function until(isReached: () => Promise<boolean>, seconds: number, what: string) {
  const end = Date.now() + seconds * 1000;
  while (!(await isReached())) {
    if (Date.now() > end) throw new Error(`The import is not ${what} after ${seconds} s.`);
    await sleep(50);
  }
}
