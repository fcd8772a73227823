import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeSupervisor } from '../../../scripts/supervise.mjs';
import type { Place } from './place';

type Supervised = { child: ChildProcess | undefined; deaths: number };

export type Worker = {
  name: string;
  /** 0 while it is down. */
  pid(): number;
  kill(signal: NodeJS.Signals): boolean;
  deaths(): number;
};

export type Workers = { all: Worker[]; logs(): string; stop(): Promise<void> };

const logsOf = (directory: string) => path.join(directory, 'logs');

/** All log lines of the workers so far. */
export function readLogs(directory: string): string {
  const logs = logsOf(directory);
  return readdirSync(logs)
    .map((name) => readFileSync(path.join(logs, name), 'utf8'))
    .join('');
}

/**
 * Starts workers under the supervisor of `npm start`. `crashPoint` is called at each launch with the logs so far and
 * returns where the process must kill itself.
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
    // With the usual pauses after repeated crashes this suite would take hours.
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

function workerOf(name: string, kept: Supervised): Worker {
  const isUp = () => kept.child !== undefined && kept.child.exitCode === null && kept.child.signalCode === null;
  return {
    name,
    pid: () => (isUp() ? (kept.child?.pid ?? 0) : 0),
    kill: (signal) => isUp() && (kept.child?.kill(signal) ?? false),
    deaths: () => kept.deaths,
  };
}
