import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { endSessions, ownDatabase } from '@tests/support/database';
import { expect, test } from 'vitest';
import { withClient } from '@/server/db/cluster';

const { url } = await ownDatabase();

test('a worker whose role lost its settings does not start and says what to run', async () => {
  await withClient(url, async (client) => {
    const { rows } = await client.query('SELECT quote_ident(current_database()) AS name');
    await client.query(`ALTER ROLE CURRENT_USER IN DATABASE ${rows[0].name} RESET ALL`);
  });
  await endSessions(url);
  const started = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/worker.ts'], {
    env: { ...process.env, DATABASE_URL: url },
    timeout: 40_000,
  });
  const sentence = 'Save them with "npm run rollcall -- prepare".';
  await expect(started).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) });
});
