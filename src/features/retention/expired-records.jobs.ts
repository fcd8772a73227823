import { z } from 'zod';
import { retention } from '@/lib/limits';
import { type SystemTools, systemJob } from '@/server/job';
import { deleteExpired, type ExpiredKind, expiredKinds, recordDeletion } from './expired-records.service';

/** Runs nightly, in small transactions. An interrupted run continues the next night. */
systemJob({
  name: 'records.clean',
  input: z.unknown(),
  async run({ unit }) {
    const deleted: Partial<Record<ExpiredKind, number>> = {};
    for (const name of expiredKinds) {
      const count = await deleteAll(unit, name);
      if (count > 0) deleted[name] = count;
    }
    if (Object.keys(deleted).length > 0) await unit((work) => recordDeletion(work, deleted));
  },
});

async function deleteAll(unit: SystemTools['unit'], name: ExpiredKind): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < retention.batchesPerRun; batch += 1) {
    const count = await unit((work) => deleteExpired(work, name, retention.batch), { exempt: true });
    total += count;
    if (count < retention.batch) break;
  }
  return total;
}
