import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CrashPoint } from '@/server/crash-point';
import type { ImportRun, Progress } from './import-run';
import { startWorkers, type Workers } from './workers';

export type Kills = { kills: number; hit: number; broken: string[]; longestPauseMs: number };

export const noKills: Kills = { kills: 0, hit: 0, broken: [], longestPauseMs: 0 };

/** Crash points of the person's own requests; all others are in the workers. The first is passed for every row. */
const uploadPoints = new Map<CrashPoint, string>([
  ['import.stage.copying', 'import.stage.copying:300'],
  ['import.stage.copied', 'import.stage.copied'],
]);
const confirmPoint: CrashPoint = 'plan.confirm.beforeCommit';

/** Kills the person's own steps and the workers at each of their crash points. */
export async function killAtCrashPoints(run: ImportRun, count: number, points: readonly CrashPoint[]): Promise<Kills> {
  const { rows, file } = await run.makeFile(count, 'points', 10);
  const broken: string[] = [];
  const open = new Set<string>(points);
  let kills = 0;
  const killStep = async (step: string, what: string, point: CrashPoint, armed: string) => {
    if (!open.delete(point)) return;
    kills += 1;
    if ((await run.act(step, what, armed)) !== null) broken.push(`Nothing died at ${point}`);
  };
  for (const [point, armed] of uploadPoints) await killStep('upload', file, point, armed);
  const id = await run.act('upload', file);
  if (id === null) throw new Error('The upload was killed although no crash point was set.');
  run.keep({ id, rows, mark: 'points' });
  await run.act('prepare', id);

  const hasConfirmPoint = open.has(confirmPoint);
  open.delete(confirmPoint);
  const watch = watchPauses();
  const workers = startWorkers(run.place, 2, {
    crashPoint: (logs) => {
      markHit(logs, open);
      return [...open].join(',');
    },
  });
  try {
    await until(run, id, watch, (now) => now.state === 'ready', 240);
    if (hasConfirmPoint) {
      open.add(confirmPoint);
      await killStep('confirm', id, confirmPoint, confirmPoint);
    }
    if ((await run.progressOf(id)).state !== 'ready') broken.push('An interrupted confirmation was kept');
    await run.act('confirm', id);
    await until(run, id, watch, (now) => now.state === 'done', 240);
    await untilAllHit(workers, open, 60);
    markHit(workers.logs(), open);
    broken.push(...(await run.rest(120)));
  } finally {
    await workers.stop();
  }
  if (open.size > 0) broken.push(`Never reached ${[...open].join(', ')}`);
  kills += workers.all.reduce((sum, worker) => sum + worker.deaths(), 0);
  run.say(`${points.length - open.size} crash points, ${kills} kills`);
  return { kills, hit: points.length - open.size, broken, longestPauseMs: watch.longest() };
}

/** Mails are sent and events sealed after the import, so their crash points are reached later. */
async function untilAllHit(workers: Workers, open: Set<string>, seconds: number) {
  for (let waited = 0; open.size > 0 && waited < seconds; waited += 0.2) {
    await sleep(200);
    markHit(workers.logs(), open);
  }
}

function markHit(logs: string, open: Set<string>) {
  for (const [, point] of logs.matchAll(/"event":"crash\.point","name":"([^"]+)"/g)) open.delete(point ?? '');
}

/** Kills one of two workers at a time while they validate and apply a file, always after the work has continued. */
export async function killAtRandom(run: ImportRun, count: number, kills: number): Promise<Kills> {
  const { rows, file } = await run.makeFile(count, 'random', 2);
  const id = await run.act('upload', file);
  if (id === null) throw new Error('The upload was killed although no crash point was set.');
  run.keep({ id, rows, mark: 'random' });
  await run.act('prepare', id);
  const watch = watchPauses();
  const workers = startWorkers(run.place, 2);
  let done = 0;
  const killSome = async (share: number) => {
    for (; done < kills * share; done += 1) {
      const before = await run.progressOf(id);
      if (before.state === 'ready' || before.state === 'done') return;
      await untilProgress(run, id, watch, before);
      await sleep(randomInt(0, 600));
      const worker = workers.all[randomInt(workers.all.length)];
      if (worker?.kill('SIGKILL')) watch.killed();
      if (done % 20 === 19) run.say(`${done + 1} random kills, ${(await run.progressOf(id)).done} rows`);
    }
  };
  try {
    await killSome(0.25);
    await until(run, id, watch, (now) => now.state === 'ready', 300);
    await run.act('confirm', id);
    await killSome(1);
    await until(run, id, watch, (now) => now.state === 'done', 600);
    // The remaining kills happen while mails are sent and events sealed.
    for (; done < kills; done += 1) {
      await sleep(randomInt(300, 1500));
      workers.all[randomInt(workers.all.length)]?.kill('SIGKILL');
    }
    const broken = await run.rest(120);
    return { kills: done, hit: 0, broken, longestPauseMs: watch.longest() };
  } finally {
    await workers.stop();
  }
}

/** Measures how long the work pauses after a kill. */
function watchPauses() {
  let since = 0;
  let longest = 0;
  let last = '';
  return {
    killed() {
      if (since === 0) since = Date.now();
    },
    saw(now: Progress) {
      const key = `${now.state} ${now.done}`;
      if (key === last) return;
      last = key;
      if (since > 0) longest = Math.max(longest, Date.now() - since);
      since = 0;
    },
    longest: () => longest,
  };
}

type Watch = ReturnType<typeof watchPauses>;

async function untilProgress(run: ImportRun, id: string, watch: Watch, before: Progress) {
  await until(run, id, watch, (now) => now.done !== before.done || now.state !== before.state, 120);
}

async function until(run: ImportRun, id: string, watch: Watch, isReached: (now: Progress) => boolean, seconds: number) {
  const end = Date.now() + seconds * 1000;
  let now = await run.progressOf(id);
  while (!isReached(now)) {
    if (Date.now() > end) throw new Error(`The import does not continue: ${JSON.stringify(now)} after ${seconds} s.`);
    await sleep(100);
    now = await run.progressOf(id);
    watch.saw(now);
  }
}
