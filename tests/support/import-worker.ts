import { jobRegistry } from '@/server/job';
import '@/features/imports/jobs';
import '@/features/invitations/jobs';

/** A worker process that does one job and ends, so that a test can kill it where it likes: `<queue> <plan id>`. */
const [queue = '', id = ''] = process.argv.slice(2);
await jobRegistry.get(queue)?.handle({ id });
process.exit(0);
