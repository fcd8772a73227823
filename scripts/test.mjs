import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { generateClient, onPinnedNode, root, run, say } from './bootstrap.mjs';
import { build } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { processorSeconds, unitSeconds } from './processor-time.mjs';

// With this many units `npm test` still finishes in time on a machine five times slower than a quiet one.
const budget = 1_200;

await onPinnedNode(import.meta.url);
const withBrowser = !process.argv.includes('--no-browser');
/** `npm run test:all`: the older Postgres and a pooler too, a tenth of every fault, every page in every theme and width. */
const isThorough = process.argv.includes('--all');
/** Read by the suites that ask a sample of what they could ask. */
const wide = isThorough ? { INSPECT: 'all' } : {};
const results = 'test-results';
const databaseTests = ['--project', 'product', 'tests/server', 'tests/features'];
const node = process.execPath;
const bin = (name) => `node_modules/.bin/${name}`;
const failedSteps = [];
/** Processor seconds of each step. */
const costs = new Map();
/** Repeated at the end, because people look there first. */
const failedTests = [];
let passed = 0;
let failed = 0;

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
process.env.PATH = `${root}/node_modules/.bin:${process.env.PATH}`;
process.env.NEXT_TELEMETRY_DISABLED = '1';

const unitBefore = unitSeconds();
await generateClient();
await step('Format and lint', () => run(bin('biome'), ['ci', '--error-on-warnings', '--colors=off', '.']));
await step('Route types', () => run(node, ['node_modules/next/dist/bin/next', 'typegen']));
await step('Types', () => run(bin('tsc'), ['--noEmit']));
await step('Boundaries', () =>
  run(bin('depcruise'), ['--config', 'tests/architecture/dependency-cruiser.mjs', 'src', 'tests', 'e2e', 'scripts']),
);
await step('Dead code', () => run(bin('knip'), ['--config', 'tests/architecture/knip.json']));
await step('Tests', () => vitest('vitest', {}));
if (isThorough) await step('Database tests on Postgres 15', olderPostgres);
if (isThorough) await step('Database tests through PgBouncer', pooled);
if (withBrowser) {
  const isBuilt = await step('Build', () => build().then(() => 0));
  if (isBuilt) await step('Access tests', () => vitest('access', wide, [], 'e2e/access/vitest.config.ts'));
  if (isBuilt) await step(isThorough ? 'A tenth of every fault' : 'Every fault once', faults);
  if (isBuilt) await step('Browser tests', playwright);
}

sayCosts();
for (const name of failedTests) say(`Failed: ${name}`);
for (const name of failedSteps) say(`Failed: ${name}`);
say(`${passed} passed, ${failed} failed`);
process.exit(failedSteps.length > 0 ? 1 : 0);

/** Runs a step. After a failure the next steps still run, so that one run reports every failure. */
async function step(name, work) {
  say(`\n── ${name}`);
  const startedAt = Date.now();
  const spent = processorSeconds();
  let code = 1;
  try {
    code = await work();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
  }
  const hasPassed = code === 0;
  if (!hasPassed) failedSteps.push(name);
  if (spent !== null) costs.set(name, processorSeconds() - spent);
  say(`── ${name}: ${hasPassed ? 'passed' : 'failed'}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return hasPassed;
}

/** Prints each step and the sum, in seconds and in units of a loop that is timed before and after the run. */
function sayCosts() {
  if (costs.size === 0) return say('Processor time is measured only on Linux.');
  const unit = (unitBefore + unitSeconds()) / 2;
  const costOf = (seconds) => `${Math.round(seconds)} processor seconds, ${Math.round(seconds / unit)} units`;
  say(`\n── Cost (a unit took ${unit.toFixed(2)} s)`);
  for (const [name, seconds] of costs) say(`${name}: ${costOf(seconds)}`);
  const sum = [...costs.values()].reduce((total, seconds) => total + seconds, 0);
  say(costOf(sum));
  const isOver = !isThorough && withBrowser && sum / unit > budget;
  if (isOver) say(`This is over the budget of ${budget} units. Make the costliest step cheaper.`);
}

async function vitest(name, env, args = [], config = 'tests/vitest.config.ts') {
  const file = `${results}/${name}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const settings = { env: { ...process.env, ...env } };
  const code = await run(bin('vitest'), ['run', '--config', config, ...reporters, ...args], settings);
  const report = readReport(file);
  passed += report?.numPassedTests ?? 0;
  // A file that could not be loaded has no tests to count.
  const notLoaded = (report?.testResults ?? []).filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed'),
  );
  failed += (report?.numFailedTests ?? 0) + notLoaded.length + (report ? 0 : 1);
  const nameOf = (suite) => `${name} › ${path.relative(root, suite.name)}`;
  failedTests.push(...notLoaded.map(nameOf));
  for (const suite of report?.testResults ?? []) {
    for (const test of suite.assertionResults) {
      if (test.status === 'failed') failedTests.push(`${nameOf(suite)} › ${test.fullName}: ${firstLine(test)}`);
    }
  }
  return code;
}

/** Runs the tests that use a database on Debian's oldest supported Postgres, if it is installed. */
async function olderPostgres() {
  const binaries = ['/usr/lib/postgresql/15/bin', '/opt/homebrew/opt/postgresql@15/bin'].find((at) => existsSync(at));
  if (!binaries) {
    say('Skipped: Postgres 15 is not installed.');
    return 0;
  }
  return vitest('postgres-15', { TEST_POSTGRES_BIN: binaries }, databaseTests);
}

/** Runs the same tests through PgBouncer in transaction mode, if it is installed. */
async function pooled() {
  const program = ['/usr/sbin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find((at) => existsSync(at));
  if (!program) {
    say('Skipped: PgBouncer is not installed.');
    return 0;
  }
  return vitest('pgbouncer', { TEST_PGBOUNCER: program }, databaseTests);
}

/** Each fault counts as one test. */
async function faults() {
  const file = `${results}/faults.json`;
  const output = openSync(file, 'w');
  const size = isThorough ? ['--share', '0.1'] : ['--once'];
  const args = ['--import', 'tsx', 'tests/faults/main.ts', ...size, '--json'];
  const code = await run(node, args, { stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  const lines = readFileSync(file, 'utf8').trim();
  const ran = lines === '' ? [] : JSON.parse(lines);
  passed += ran.filter((fault) => fault.broken.length === 0).length;
  failed += ran.length === 0 ? 1 : ran.filter((fault) => fault.broken.length > 0).length;
  for (const { id, broken } of ran) failedTests.push(...broken.map((words) => `${id}: ${words}`));
  return code;
}

async function playwright() {
  const chromium = await findChromium();
  const file = `${results}/playwright.json`;
  const env = {
    ...process.env,
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: `${root}/${file}`,
    ...wide,
  };
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=line,json'];
  const code = await run(bin('playwright'), args, { env });
  const report = readReport(file);
  const stats = report?.stats;
  failedTests.push(...brokenSpecs(report?.suites ?? []));
  passed += stats?.expected ?? 0;
  failed += stats ? stats.unexpected + stats.flaky : 1;
  return code;
}

function firstLine({ failureMessages }) {
  return (failureMessages[0] ?? '').split('\n', 1)[0];
}

function brokenSpecs(suites) {
  return suites.flatMap((suite) => [
    ...suite.specs.filter((spec) => !spec.ok).map((spec) => `${spec.file}:${spec.line} › ${spec.title}`),
    ...brokenSpecs(suite.suites ?? []),
  ]);
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
