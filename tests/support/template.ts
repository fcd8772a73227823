import { syncCatalogue } from '@/server/catalogue';
import { createDb } from '@/server/db/client';
import { ensureQueues } from '@/server/queue/queues';

/** Rows every test starts with: the permission catalogue, the built-in roles and the queues, as `cli prepare` makes them. */
export async function fillTemplate(ownerUrl: string): Promise<void> {
  const db = createDb(ownerUrl, 2);
  try {
    await db.$transaction((tx) => syncCatalogue(tx));
    await ensureQueues({ url: ownerUrl });
  } finally {
    await db.$disconnect();
  }
}
