import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Fault, FaultOutcome } from './fault';
import { readOptions } from './options';
import { asTable, type Line } from './table';

/** Each fault runs in its own process, so that it cannot disturb the others. */
const faults: Record<string, () => Promise<Fault>> = {
  R1: async () => (await import('./r1')).r1,
  R5: async () => (await import('./r5')).r5,
  R9: async () => (await import('./r9')).r9,
  R10: async () => (await import('./r10')).r10,
  R13: async () => (await import('./r13')).r13,
  R20: async () => (await import('./r20')).r20,
  R21: async () => (await import('./r21')).r21,
};

/** Their limits are a few seconds, so nothing may run beside them. */
const timed = new Set(['R13', 'R21']);

/** Longer than any fault takes at full size, so a fault that hangs fails. */
const timeoutMs = 60 * 60_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

if (process.argv[2] === '--alone') await runAlone(process.argv[3] ?? '', Number(process.argv[4]));
else await runAll();

async function runAlone(id: string, share: number) {
  const fault = await faults[id]?.();
  if (!fault) throw new Error(`There is no fault ${id}.`);
  const { what, mustHold } = fault;
  const outcome = await fault.run({ share, say: (line) => say(`  ${id}  ${line}`) }).catch((error: unknown) => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { runs: 0, broken: [words], note: '' };
  });
  process.send?.({ id, what, mustHold, ...outcome } satisfies Omit<Line, 'seconds'>, () => process.exit(0));
}

async function runAll() {
  const options = readArguments();
  const lines: Line[] = [];
  const waiting = options.only.filter((id) => !timed.has(id));
  const lane = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      lines.push(await runAndReport(id, options.share));
  };
  await Promise.all(Array.from({ length: options.atOnce }, lane));
  waiting.push(...options.only.filter((id) => timed.has(id)));
  await lane();
  lines.sort((a, b) => options.only.indexOf(a.id) - options.only.indexOf(b.id));
  process.stdout.write(`${options.json ? JSON.stringify(lines, null, 2) : asTable(lines)}\n`);
  process.exitCode = lines.some((line) => line.broken.length > 0) ? 1 : 0;
}

async function runAndReport(id: string, share: number): Promise<Line> {
  say(`── ${id}`);
  const line = await runInChild(id, share);
  for (const sentence of line.broken) say(`  ${id}  FAILED: ${sentence}`);
  say(`── ${id}: ${line.broken.length === 0 ? 'passed' : 'failed'}, ${line.seconds.toFixed(0)} s`);
  return line;
}

/** A process that ends without a result counts as failed. */
async function runInChild(id: string, share: number): Promise<Line> {
  const begun = Date.now();
  const own = import.meta.filename;
  const child = spawn(process.execPath, ['--import', 'tsx', own, '--alone', id, String(share)], {
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  let result: (Pick<Fault, 'id' | 'what' | 'mustHold'> & FaultOutcome) | undefined;
  child.on('message', (message) => {
    result = message as typeof result;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const [code, signal] = await once(child, 'exit');
  clearTimeout(timer);
  const unfinished = { runs: 0, broken: [`The run ended (${signal ?? code}) before it was done.`], note: '' };
  const seconds = (Date.now() - begun) / 1000;
  return { ...(result ?? { id, what: '', mustHold: '', ...unfinished }), seconds };
}

function readArguments() {
  try {
    return readOptions(process.argv.slice(2), Object.keys(faults));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
