// Prepares what `prisma/seed.ts` needs: the database that --url or the environment names, or else this checkout's own,
// started if needed, migrated and with the catalogue of roles.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { generateClient, giveUp, onPinnedNode, run, runQuietly, say } from './bootstrap.mjs';
import { checkSettings, planServices, readEnvFile, runningStart, startDatabase } from './services.mjs';

await onPinnedNode(import.meta.url);
readEnvFile();
if (process.env.NODE_ENV === 'production') {
  giveUp('NODE_ENV is production, and a production database is never seeded. Use a test database.');
}
const args = process.argv.slice(2);
const named = args.find((arg) => arg.startsWith('--url'));
const url = named?.includes('=') ? named.slice('--url='.length) : named && args[args.indexOf(named) + 1];
if (url) process.env.MIGRATE_DATABASE_URL = process.env.DATABASE_URL = url;

const plan = await planServices('development');
await generateClient();
const cluster = plan.parts.database ? await database() : undefined;
try {
  await checkSettings(plan.environment);
  if (!url) await prepare();
  process.exitCode = await run(process.execPath, ['--import', 'tsx', 'prisma/seed.ts', ...args], {
    env: plan.environment,
  });
} finally {
  await cluster?.stop();
}

/** Uses the database of a Rollcall that runs here, or starts it. */
async function database() {
  if (!runningStart(plan.directory)) {
    say('Starting Postgres');
    return startDatabase(plan);
  }
  const read = (name) => JSON.parse(readFileSync(path.join(plan.directory, name), 'utf8'));
  const { port } = read('database.json');
  const passwords = read('postgres-passwords.json');
  const at = (role) => `postgresql://${role}:${encodeURIComponent(passwords[role])}@127.0.0.1:${port}/rollcall`;
  plan.environment.DATABASE_URL = at('rollcall_app');
  plan.environment.MIGRATE_DATABASE_URL = at('rollcall_owner');
  return undefined;
}

/** Makes the tables, the roles and, if allowed, the demo people, who can sign in and see the others. */
async function prepare() {
  for (const step of [['scripts/migrate.ts'], ['src/cli.ts', 'prepare']]) {
    const result = await runQuietly(process.execPath, ['--import', 'tsx', ...step], { env: plan.environment });
    if (result.code !== 0) giveUp(result.output.trim());
  }
}
