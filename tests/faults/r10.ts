import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';
import { type ImportRun, openImportRun } from './support/import-run';
import { startWorkers, type Worker } from './support/workers';

/** At full size the sleeper sleeps a minute and everything waits as long as it does in production. */
const fullSleepMs = 60_000;

export const r10: Fault = {
  id: 'R10',
  what: 'a worker stopped (SIGSTOP) for a minute in the middle of a chunk, then continued',
  mustHold: 'its commit is refused, another worker has taken over, nothing is done twice',
  async run({ share, say }) {
    const isWhole = share >= 1;
    const run = await openImportRun('R10', isWhole ? {} : { ROLLCALL_SILENCE_SECONDS: '2' }, say);
    try {
      const { broken, note } = await stopAndContinue(run, ...sizeOf(share));
      broken.push(...(await run.checkEverything()));
      return { runs: 1, broken, note };
    } finally {
      await run.close();
    }
  },
};

function sizeOf(share: number): [rows: number, sleepMs: number] {
  if (share >= 1) return [20_000, fullSleepMs];
  return share > 0 ? [6_000, 12_000] : [3_000, 6_000];
}

async function stopAndContinue(run: ImportRun, count: number, sleepMs: number) {
  const { rows, file } = await run.makeFile(count, 'sleeper', 2);
  const id = await run.act('upload', file);
  if (id === null) throw new Error('The upload was killed although nothing was asked to.');
  run.keep({ id, rows, mark: 'sleeper' });
  await run.act('prepare', id);
  const broken: string[] = [];
  const workers = startWorkers(run.place, 2);
  try {
    await until(async () => (await run.progressOf(id)).state === 'ready', 120, 'judged');
    await run.act('confirm', id);
    await until(async () => (await run.progressOf(id)).done > 0, 60, 'begun');
    const sleeper = await stopInAChunk(run, workers.all);
    const { epoch, done } = await run.progressOf(id);
    await sleep(sleepMs);
    const before = await run.progressOf(id);
    if (before.epoch === epoch) broken.push(`Nobody took over in ${sleepMs / 1000} s`);
    sleeper.kill('SIGCONT');
    await until(async () => (await run.progressOf(id)).state === 'done', 180, 'done');
    broken.push(...(await run.rest(90)));
    if (sleeper.deaths() > 0) broken.push('The worker that slept did not survive');
    const note = `asleep at row ${done}, the other one had come to row ${before.done} when it woke up`;
    return { broken, note };
  } finally {
    for (const worker of workers.all) worker.kill('SIGCONT');
    await workers.stop();
  }
}

/** Stops workers in turns until one stands still with the plan under lock: in the middle of a chunk's transaction. */
async function stopInAChunk(run: ImportRun, workers: Worker[]): Promise<Worker> {
  const held = `
    SELECT 1 FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
     WHERE a.state = 'idle in transaction' AND a.state_change < clock_timestamp() - interval '100 ms'
       AND l.relation = 'plan'::regclass AND l.mode = 'RowShareLock'`;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const worker = workers[attempt % workers.length];
    worker?.kill('SIGSTOP');
    await sleep(200);
    if (worker && (await run.query(held)).length > 0) return worker;
    worker?.kill('SIGCONT');
    await sleep(20);
  }
  throw new Error('No worker could be stopped in the middle of a chunk.');
}

async function until(isThere: () => Promise<boolean>, seconds: number, what: string) {
  const end = Date.now() + seconds * 1000;
  while (!(await isThere())) {
    if (Date.now() > end) throw new Error(`The import is not ${what} after ${seconds} s.`);
    await sleep(50);
  }
}
