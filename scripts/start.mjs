import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateClient, giveUp, onPinnedNode, runQuietly, say } from './bootstrap.mjs';
import { build } from './build.mjs';
import { checkSettings, isPortFree, planServices, readEnvFile, runningStart, startDatabase } from './services.mjs';
import { lastLogLines, makeSupervisor, workerArgs } from './supervise.mjs';

await onPinnedNode(import.meta.url);
const mode = process.argv.includes('--dev') ? 'development' : 'production';
readEnvFile();
const plan = await planServices(mode);
const pidFile = path.join(plan.directory, 'start.pid');
const logs = plan.parts.database && mode === 'production' ? path.join(plan.directory, 'logs') : undefined;
const supervisor = makeSupervisor({ logs, environment: () => plan.environment });
let cluster;
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));

try {
  await start();
} catch (error) {
  if (!stopping) {
    process.stderr.write(`${error.message}\n`);
    await stop(1);
  }
}

async function start() {
  const other = runningStart(plan.directory);
  if (other) giveUp(`Rollcall already runs from this folder as process ${other}. Stop that one first.`);
  if (!(await isPortFree(plan.host, plan.port))) {
    giveUp(`Port ${plan.port} is taken by another program. Choose another one: PORT=${plan.port + 1} npm start`);
  }
  writeFileSync(pidFile, String(process.pid));
  // The worker's log stays, as only it names the seals of the audit log.
  if (logs) for (const name of ['web', 'mailbox']) rmSync(path.join(logs, `${name}.log`), { force: true });
  await generateClient();
  if (plan.parts.database) {
    say('Starting Postgres');
    cluster = await startDatabase(plan);
    void keepDatabase();
  }
  await checkSettings(plan.environment);
  if (plan.parts.mailbox) {
    mkdirSync(plan.environment.MAILBOX_DIR, { recursive: true, mode: 0o700 });
  }
  await tsx('Migrating the database', 'scripts/migrate.ts');
  const notes = await tsx('Preparing', 'src/cli.ts', 'prepare');
  if (mode === 'production') await build(plan.environment);
  if (stopping) throw new Error('stopped');
  say('Starting the web server and the worker');
  launch();
  await ready();
  announce(notes);
}

/** Web first, as processes stop in this order: no request may need a worker or mailbox that has already stopped. */
function launch() {
  const web = mode === 'production' ? 'start' : 'dev';
  supervisor.keep('web', ['node_modules/next/dist/bin/next', web, '-H', plan.host, '-p', String(plan.port)]);
  if (existsSync('src/worker.ts')) supervisor.keep('worker', workerArgs);
  if (plan.parts.mailbox) supervisor.keep('mailbox', ['--import', 'tsx', 'src/server/mail/mailbox.ts']);
}

async function tsx(step, ...args) {
  say(step);
  const result = await runQuietly(process.execPath, ['--import', 'tsx', ...args], { env: plan.environment });
  if (stopping) throw new Error('stopped');
  if (result.code !== 0) throw new Error(result.output.trim());
  return result.stdout.trim();
}

async function ready() {
  const url = `http://${plan.host === '0.0.0.0' ? '127.0.0.1' : plan.host}:${plan.port}/api/health`;
  for (let waited = 0; waited < 120_000 && !stopping; waited += 200) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The web server does not answer at ${url}.\n${logs ? lastLogLines(logs, 'web') : ''}`);
}

function announce(notes) {
  const address = plan.environment.PUBLIC_URL;
  say(`\nRollcall is ready at ${address}`);
  const demo = path.join(plan.directory, 'demo.json');
  if (plan.parts.database && existsSync(demo)) {
    const { password, signIns } = JSON.parse(readFileSync(demo, 'utf8'));
    const width = Math.max(...signIns.map(({ role }) => role.length));
    for (const { role, email } of signIns) say(`  ${role.padEnd(width)}  ${email.padEnd(28)}  ${password}`);
  }
  if (plan.parts.mailbox) say(`  Mailbox: ${address}/mailbox`);
  const links = notes.split('\n').filter((line) => line !== '' && line !== 'Made the demo world.');
  for (const line of links) say(line);
}

/** Restarts Postgres on the same port if it dies. */
async function keepDatabase() {
  for (;;) {
    const output = await cluster.exited;
    if (stopping) return;
    say(`Postgres stopped and is being restarted\n${output}`);
    for (let pause = 500; !stopping; pause = Math.min(pause * 2, 30_000)) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      const again = await startDatabase(plan, cluster.port).catch(() => undefined);
      if (!again) continue;
      cluster = again;
      break;
    }
  }
}

/** Stops web, worker and mailbox, then the database they write to. */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  say('Stopping');
  await supervisor.stop();
  await cluster?.stop();
  rmSync(pidFile, { force: true });
  process.exit(code);
}
