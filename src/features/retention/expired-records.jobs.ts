import { z } from 'zod';
import { retention } from '@/lib/limits';
import { type SystemTools, systemJob } from '@/server/job';
import { deleteLeftovers, type Leftover, leftoverNames, noteCleaning } from './expired-records.service';

/** Every night, in small transactions. One that was cut off goes on the next night. */
systemJob({
  name: 'records.clean',
  input: z.unknown(),
  async run({ unit }) {
    const deleted: Partial<Record<Leftover, number>> = {};
    for (const name of leftoverNames) {
      const count = await deleteAll(unit, name);
      if (count > 0) deleted[name] = count;
    }
    if (Object.keys(deleted).length > 0) await unit((work) => noteCleaning(work, deleted));
  },
});

async function deleteAll(unit: SystemTools['unit'], name: Leftover): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < retention.batchesPerRun; batch += 1) {
    const count = await unit((work) => deleteLeftovers(work, name, retention.batch), { exempt: true });
    total += count;
    if (count < retention.batch) break;
  }
  return total;
}
