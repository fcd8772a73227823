import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeSupervisor } from '../../../scripts/supervise.mjs';
import type { Place } from './place';

type Kept = { child: ChildProcess | undefined; deaths: number };

export type Worker = {
  name: string;
  /** 0 while it is down. */
  pid(): number;
  kill(signal: NodeJS.Signals): boolean;
  deaths(): number;
};

export type Workers = { all: Worker[]; logs(): string; stop(): Promise<void> };

const logsOf = (directory: string) => path.join(directory, 'logs');

/** What all workers of a place wrote so far. */
export function readLogs(directory: string): string {
  const logs = logsOf(directory);
  return readdirSync(logs)
    .map((name) => readFileSync(path.join(logs, name), 'utf8'))
    .join('');
}

/**
 * Worker processes under the supervisor of `npm start`. `crashPoint` is asked at each launch, with what all of them wrote
 * so far, where the process is to kill itself.
 */
export function startWorkers(
  place: Place,
  count: number,
  options: { crashPoint?: (logs: string) => string; settings?: Record<string, string> } = {},
): Workers {
  const logs = logsOf(place.directory);
  mkdirSync(logs, { recursive: true });
  const supervisor = makeSupervisor({
    logs,
    environment: () => ({
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      ...place.settings,
      ...options.settings,
      ROLLCALL_CRASH_POINT: options.crashPoint?.(readLogs(place.directory)) ?? '',
    }),
    // A supervisor that is patient with what dies all the time would make this suite last for hours.
    longestPause: 250,
    log: () => undefined,
  });
  const all = Array.from({ length: count }, (_, at) => {
    const name = `worker-${at + 1}`;
    return workerOf(name, supervisor.keep(name, ['--import', 'tsx', 'src/worker.ts']));
  });
  return {
    all,
    logs: () => readLogs(place.directory),
    stop: () => supervisor.stop(),
  };
}

function workerOf(name: string, kept: Kept): Worker {
  const isUp = () => kept.child !== undefined && kept.child.exitCode === null && kept.child.signalCode === null;
  return {
    name,
    pid: () => (isUp() ? (kept.child?.pid ?? 0) : 0),
    kill: (signal) => isUp() && (kept.child?.kill(signal) ?? false),
    deaths: () => kept.deaths,
  };
}
