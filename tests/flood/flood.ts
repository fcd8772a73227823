import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Entry } from './entries';

const program = path.join(import.meta.dirname, 'flooder.ts');

type Source = { origin: string; source: string; cookie?: string };

/** Floods `entry` from one source while `work` runs. Returns its result, and how many requests were answered. */
export async function underFlood<T>(entry: Entry, from: Source, work: () => Promise<T>) {
  const child = fork(program, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let answered = 0;
  try {
    await once(child, 'message');
    child.on('message', (message: { answered: number }) => {
      answered = message.answered;
    });
    child.send({ cookie: '', ...from, entry });
    return { result: await work(), answered };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** Milliseconds of `step`, again and again for at least `ms` milliseconds and `least` times. */
export async function measure(step: () => Promise<number>, ms: number, least: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + ms;
  while (performance.now() < end || times.length < least) times.push(await step());
  return times;
}

/** The value that `share` of all are not above. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
