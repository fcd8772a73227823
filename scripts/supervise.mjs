import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, say } from './bootstrap.mjs';

// What dies is back within ten seconds, however often it died before.
const usualPause = 5_000;
const healthyAfter = 60_000;
/**
 * How a worker is started. V8 lets garbage grow with the memory of the machine: without these limits an import of 100,000
 * rows takes 330 MB above idle, with them 40 MB in the same time.
 */
export const workerArgs = [
  '--max-semi-space-size=4',
  '--max-old-space-size=512',
  ...['--import', 'tsx'],
  'src/worker.ts',
];

/** Longer than a worker takes to hand in what it has begun. */
const patience = 30_000;

/**
 * Keeps processes running: one that dies comes back, with longer pauses the faster it dies.
 * @param {{ logs?: string, environment: () => Record<string, string | undefined>, longestPause?: number, tell?: (line: string) => void }} options
 */
export function makeSupervisor({ logs, environment, longestPause = usualPause, tell = say }) {
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
      // A group of its own: we decide who ends when, also after Ctrl-C.
      detached: true,
    });
    if (logs) closeSync(output);
    entry.child.once('error', () => undefined);
    entry.child.once('exit', (code, signal) => {
      if (stopping) return;
      entry.deaths += 1;
      entry.failures = Date.now() - startedAt > healthyAfter ? 1 : entry.failures + 1;
      const pause = Math.min(longestPause, 250 * 2 ** entry.failures);
      tell(
        `The ${entry.name} process ended (${signal ?? code}); it is started again${logs ? `, see ${logFile(logs, entry.name)}` : ''}`,
      );
      entry.timer = setTimeout(() => launch(entry), pause);
    });
  }

  /** Ends them in the order they were kept, each after the one before has gone. */
  async function stop() {
    stopping = true;
    for (const entry of kept) {
      clearTimeout(entry.timer);
      await end(entry.child);
    }
  }

  return { keep, stop };
}

/** The last lines a process wrote, for whoever has to find out why it does not start. */
export function lastWords(logs, name) {
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
