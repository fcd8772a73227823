import { db } from './db/shared';
import { log } from './log';

let asked: Promise<boolean> | undefined;

/** Whether the database answers within two seconds. Any number of askers at a time cost one query. */
export function isReady(): Promise<boolean> {
  asked ??= ask().finally(() => {
    asked = undefined;
  });
  return asked;
}

async function ask(): Promise<boolean> {
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
