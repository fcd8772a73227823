import { jobRegistry } from '@/server/job';
import '@/features/imports/staging.jobs';
import '@/features/imports/validate.jobs';
import '@/features/invitations/bulk/plan.jobs';
import '@/features/invitations/expire.jobs';
import '@/features/invitations/reminders.jobs';

/** A worker process that runs one job and exits, so that a test can kill it at any point: `<queue> <plan id>`. */
const [queue = '', id = ''] = process.argv.slice(2);
await jobRegistry.get(queue)?.handle({ id });
process.exit(0);
