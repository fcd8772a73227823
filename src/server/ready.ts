import { db } from './db/shared';
import { log } from './log';

let running: Promise<boolean> | undefined;

/** Whether the database answers within two seconds. Simultaneous calls share one query. */
export function isReady(): Promise<boolean> {
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
