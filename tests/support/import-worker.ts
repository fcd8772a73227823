import { jobRegistry } from '@/server/job';
import '@/handlers';

/** A worker process that runs one job and exits, so that a test can kill it at any point: `<queue> <plan id>`. */
const [queue = '', id = ''] = process.argv.slice(2);
await jobRegistry.get(queue)?.handle({ id });
process.exit(0);
