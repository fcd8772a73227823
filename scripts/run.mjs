// `node scripts/run.mjs <program> [args]` runs one of our programs against the database of the environment or the
// embedded one. If that does not run under `npm start`, it is started for as long as the program takes.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generateClient, giveUp, onPinnedNode, run } from './bootstrap.mjs';
import { checkSettings, planServices, readEnvFile, runningStart, startDatabase } from './services.mjs';

await onPinnedNode(import.meta.url);
const [program, ...args] = process.argv.slice(2);
if (!program) giveUp('Name the program to run.');
await generateClient();
// Verifying a copy of the audit log works without our database and settings, so none are made up.
if (args[0] === 'verify-audit' && args.some((arg) => arg.startsWith('--file'))) {
  process.exit(await run(process.execPath, ['--import', 'tsx', program, ...args]));
}
readEnvFile();
const plan = await planServices('production');
const cluster = plan.parts.database ? await findDatabase() : undefined;
await checkSettings(plan.environment);
// Ctrl-C reaches the program too. We wait for it, so that the database stops last.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
const code = await run(process.execPath, ['--import', 'tsx', program, ...args], { env: plan.environment });
await cluster?.stop();
process.exit(code);

async function findDatabase() {
  if (!runningStart(plan.directory)) return startDatabase(plan);
  const { port } = JSON.parse(readFileSync(path.join(plan.directory, 'database.json'), 'utf8'));
  const file = path.join(plan.directory, 'postgres-passwords.json');
  if (!existsSync(file)) giveUp('Rollcall is still starting here. Try again when it is ready.');
  const passwords = JSON.parse(readFileSync(file, 'utf8'));
  const url = (role) => `postgresql://${role}:${passwords[role]}@127.0.0.1:${port}/rollcall`;
  plan.environment.DATABASE_URL = url('rollcall_app');
  plan.environment.MIGRATE_DATABASE_URL = url('rollcall_owner');
  return undefined;
}
