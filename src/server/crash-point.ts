import { env } from './env';
import { log } from './log';

/** Where the fault suite may kill a process. One list, so that it can kill at each. */
export const crashPoints = [
  'import.stage.copying',
  'import.stage.copied',
  'import.judge.begun',
  'import.judge.beforeCommit',
  'import.judge.afterCommit',
  'import.judge.concluded',
  'plan.confirm.beforeCommit',
  'plan.chunk.beforeCommit',
  'plan.chunk.afterCommit',
  'plan.finish.beforeCommit',
  'plan.finish.afterCommit',
  'audit.inserted',
  'mail.claimed',
  'mail.data',
  'mail.answered',
  'mail.settled',
  'seal.beforeCommit',
  'seal.afterCommit',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

const passed = new Map<string, number>();

/**
 * Ends the process at once, as a power cut would, when a test build was told to die here: `name`, `name:3` for the third
 * time it comes there, or several of them, of which it dies at the first that it reaches. Otherwise nothing.
 */
export function crashPoint(name: CrashPoint) {
  const { ROLLCALL_TEST_BUILD, ROLLCALL_CRASH_POINT } = env();
  if (!ROLLCALL_TEST_BUILD || !ROLLCALL_CRASH_POINT) return;
  const armed = ROLLCALL_CRASH_POINT.split(',').find((each) => each.split(':')[0] === name);
  if (armed === undefined) return;
  const times = (passed.get(name) ?? 0) + 1;
  passed.set(name, times);
  if (times < Number(armed.split(':')[1] ?? 1)) return;
  log('info', 'crash.point', { name });
  process.kill(process.pid, 'SIGKILL');
}
