import { env } from './env';
import { log } from './log';

export const crashPoints = [
  'import.stage.copying',
  'import.stage.copied',
  'import.validate.begun',
  'import.validate.beforeCommit',
  'import.validate.afterCommit',
  'import.validate.concluded',
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

/** Ends a test build's process, as a power cut would. ROLLCALL_CRASH_POINT: `name`, or `name:3` for the third time. */
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
