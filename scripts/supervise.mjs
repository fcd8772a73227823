import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, say } from './bootstrap.mjs';

// A process that dies is back within ten seconds, however often it died before.
const usualPause = 5_000;
const healthyAfter = 60_000;
/**
 * The arguments that start a worker. V8 lets garbage grow with the machine's memory: an import of 100,000 rows takes
 * 330 MB above idle without these limits, and 40 MB in the same time with them.
 */
export const workerArgs = [
  '--max-semi-space-size=4',
  '--max-old-space-size=512',
  ...['--import', 'tsx'],
  'src/worker.ts',
];

/** Longer than a worker takes to finish what it has begun. */
const patience = 30_000;

/**
 * Keeps processes running. One that dies is restarted, after a longer pause the faster it died.
 * @param {{
 *   logs?: string,
 *   environment: () => Record<string, string | undefined>,
 *   longestPause?: number,
 *   log?: (line: string) => void
 * }} options
 */
export function makeSupervisor({ logs, environment, longestPause = usualPause, log = say }) {
  /** @type {{ name: string, args: string[], child: import('node:child_process').ChildProcess | undefined, failures: number, deaths: number, timer: NodeJS.Timeout | undefined }[]} */
  const kept = [];
  let stopping = false;

  function keep(name, args) {
    const entry = { name, args, child: undefined, failures: 0, deaths: 0, timer: undefined };
    kept.push(entry);
    launch(entry);
    return entry;
  }

  function launch(entry) {
    const startedAt = Date.now();
    const output = logs ? openLog(logs, entry.name) : 'inherit';
    entry.child = spawn(process.execPath, ['--import', path.join(root, 'scripts/with-parent.mjs'), ...entry.args], {
      cwd: root,
      env: { ...environment(), ROLLCALL_KEPT: '1' },
      stdio: ['ignore', output, output, 'ipc'],
      // Its own process group, so that we decide the order of stopping, also after Ctrl-C.
      detached: true,
    });
    if (logs) closeSync(output);
    entry.child.once('error', () => undefined);
    entry.child.once('exit', (code, signal) => {
      if (stopping) return;
      entry.deaths += 1;
      entry.failures = Date.now() - startedAt > healthyAfter ? 1 : entry.failures + 1;
      const pause = Math.min(longestPause, 250 * 2 ** entry.failures);
      const hint = logs ? `, see ${logFile(logs, entry.name)}` : '';
      log(`The ${entry.name} process ended (${signal ?? code}) and is being restarted${hint}`);
      entry.timer = setTimeout(() => launch(entry), pause);
    });
  }

  /** Stops the processes one after another, in the order in which they were added. */
  async function stop() {
    stopping = true;
    for (const entry of kept) {
      clearTimeout(entry.timer);
      await end(entry.child);
    }
  }

  return { keep, stop };
}

/** The last lines a process wrote, which show why it does not start. */
export function lastLogLines(logs, name) {
  return readFileSync(logFile(logs, name), 'utf8').trim().split('\n').slice(-15).join('\n');
}

function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), patience);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function openLog(logs, name) {
  mkdirSync(logs, { recursive: true });
  return openSync(logFile(logs, name), 'a', 0o600);
}

function logFile(logs, name) {
  return path.join(logs, `${name}.log`);
}
