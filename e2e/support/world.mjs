// The server of the browser tests: what `npm start` runs, in a separate folder that is empty at every start.
import { rmSync } from 'node:fs';
import path from 'node:path';

const directory = path.resolve('.data/e2e');
rmSync(directory, { recursive: true, force: true });
for (const name of ['DATABASE_URL', 'MIGRATE_DATABASE_URL', 'SMTP_URL', 'PUBLIC_URL', 'NODE_ENV', 'HOST']) {
  process.env[name] = '';
}
process.env.DATA_DIR = directory;
process.env.ROLLCALL_TEST_BUILD = '1';
// Low enough that a test uses it up with a small file.
process.env.ORGANIZATION_EMAILS_PER_HOUR = '100';
await import('../../scripts/start.mjs');
