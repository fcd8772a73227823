import { writeFile } from 'node:fs/promises';
import { countUsers, estimateUsers } from '@/features/users/counts.queries';
import { resolveFilter } from '@/features/users/filter.queries';
import { listUsers } from '@/features/users/list.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import { listUserRows, walkFor } from '@/features/users/list-rows.queries';
import { findLiveSession } from '@/server/auth/session';
import { createDb } from '@/server/db/client';
import { makeCan, principalOf } from '@/server/handle';
import type { Can } from '@/server/work';
import { rowsFile } from './app';
import type { BenchDatabase } from './place';

const shown = { roles: true, organizations: true };

/** Saves the first page as the System Admin gets it, for the baseline to keep in memory. */
export function saveRows(database: BenchDatabase, token: string): Promise<void> {
  return withHandle(database, token, async (can) => {
    const list = await listUsers(can, parseUserFilter({ size: '50' }, 50), shown);
    await writeFile(rowsFile(database.users), JSON.stringify(list));
  });
}

/** Reads only the rows and the count for `params`, as the page does; `each` runs every read. */
export function readRows(
  database: BenchDatabase,
  token: string,
  params: Record<string, string>,
  runs: number,
  each: (read: () => Promise<void>) => Promise<void>,
): Promise<void> {
  return withHandle(database, token, async (can) => {
    const filter = parseUserFilter({ size: '50', ...params }, 50);
    const matching = await resolveFilter(can, filter);
    for (let run = 0; run < runs; run += 1) {
      await each(async () => {
        const estimate = filter.q ? await estimateUsers(can, matching) : null;
        const rows = listUserRows(can, matching, shown, walkFor(matching, estimate));
        await Promise.all([rows, filter.q ? countUsers(can, matching, estimate) : null]);
      });
    }
  });
}

async function withHandle<T>(
  database: BenchDatabase,
  token: string,
  use: (can: Can<'users.read'>) => Promise<T>,
): Promise<T> {
  const db = createDb(database.url);
  try {
    const session = await findLiveSession(db, token);
    if (!session) throw new Error('the session of the benchmark has ended');
    return await use(makeCan(db, principalOf(session), { id: 'bench', ip: null, userAgent: null, path: '/users' }));
  } finally {
    await db.$disconnect();
  }
}
