import { db } from './db/shared';
import { log } from './log';
import { isStartChecked } from './start-check';

let running: Promise<boolean> | undefined;

/** Whether the start was checked and the database answers within two seconds. Simultaneous calls share one query. */
export async function isReady(): Promise<boolean> {
  if (!isStartChecked()) return false;
  running ??= queryDatabase().finally(() => {
    running = undefined;
  });
  return running;
}

async function queryDatabase(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), 2000);
  });
  const answered = db().$queryRaw`SELECT 1`.then(
    () => true,
    (error: unknown) => {
      log('warn', 'ready.refused', { reason: error instanceof Error ? error.name : 'unknown' });
      return false;
    },
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
