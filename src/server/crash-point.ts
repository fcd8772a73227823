import { env } from './env';

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
  'audit.insert.halfway',
  'mail.claimed',
  'mail.data',
  'mail.answered',
  'mail.settled',
  'seal.beforeCommit',
  'seal.afterCommit',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

let passed = 0;

/** Ends the process at once, as a power cut would, when a test build was told to die here. Otherwise nothing. */
export function crashPoint(name: CrashPoint) {
  const { ROLLCALL_TEST_BUILD, ROLLCALL_CRASH_POINT } = env();
  if (!ROLLCALL_TEST_BUILD || !ROLLCALL_CRASH_POINT) return;
  const [point, times = '1'] = ROLLCALL_CRASH_POINT.split(':');
  if (point !== name) return;
  passed += 1;
  if (passed >= Number(times)) process.kill(process.pid, 'SIGKILL');
}
