import { writeFile } from 'node:fs/promises';
import { parseUserFilter } from '@/features/users/list/schema';
import { listUsers } from '@/features/users/overview/queries';
import { findLiveSession } from '@/server/auth/session';
import { createDb } from '@/server/db/client';
import { makeCan, principalOf } from '@/server/handle';
import { rowsFile } from './app';
import type { BenchDatabase } from './place';

/** The first page as the System Admin gets it, for the baseline to keep in memory. */
export async function saveRows(database: BenchDatabase, token: string): Promise<void> {
  const db = createDb(database.url);
  try {
    const session = await findLiveSession(db, token);
    if (!session) throw new Error('the session of the benchmark is not live');
    const can = makeCan(db, principalOf(session), { id: 'bench', ip: null, userAgent: null, path: '/users' });
    const list = await listUsers(can, parseUserFilter({ size: '50' }, 50), { roles: true, organizations: true });
    await writeFile(rowsFile(database.users), JSON.stringify(list));
  } finally {
    await db.$disconnect();
  }
}
