import '@/handlers';
import { syncCatalogue } from '@/server/catalogue';
import { createDb } from '@/server/db/client';
import { declaredJobs } from '@/server/job';
import { ensureQueues } from '@/server/queue/queues';
import { inUnit } from '@/server/unit';

/** Writes the rows every test starts with, as every start does: the catalogue, the built-in roles and the queues. */
export async function fillTemplate(url: string): Promise<void> {
  const client = createDb(url, 2);
  await inUnit(syncCatalogue, { exempt: true, client });
  await client.$disconnect();
  await ensureQueues(declaredJobs(), url);
}
