import { planJobInput } from '@/features/plans/plan.schema';
import { defineJob } from '@/server/queue/define-job';

// A file can have 100,000 rows. Each chunk is a transaction of its own, and the plan itself notices a lost worker.
const queue = { pollSeconds: 1, concurrency: 2, expireSeconds: 6 * 3600, onePerId: true };

export const validateImportJob = defineJob({ name: 'imports.validate', input: planJobInput, exempt: true, queue });
export const applyImportJob = defineJob({ name: 'imports.apply', input: planJobInput, exempt: true, queue });
