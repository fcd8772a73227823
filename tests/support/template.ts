import '@/handlers';
import { syncCatalogue } from '@/server/catalogue';
import { createDb } from '@/server/db/client';
import { saveRoleSettings } from '@/server/db/role-settings';
import { declaredJobs } from '@/server/job';
import { ensureQueues } from '@/server/queue/queues';
import { inUnit } from '@/server/unit';

/** Writes what every test starts with, as every start does: role settings, catalogue, built-in roles and queues. */
export async function fillTemplate(url: string, stalledSeconds?: number): Promise<void> {
  await saveRoleSettings(url, stalledSeconds);
  const client = createDb(url, 2);
  await inUnit(syncCatalogue, { exempt: true, client });
  await client.$disconnect();
  await ensureQueues(declaredJobs(), url);
}
