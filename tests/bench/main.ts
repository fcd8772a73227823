import type { Client } from 'pg';
import { freePort, withClient } from '@/server/db/cluster';
import { type AppEnvironment, buildApp, environmentOf, startApp } from './app';
import { measureAudit } from './audit';
import { measureBrowser } from './browser';
import { measureBytes, measureFrame } from './bytes';
import { measureExport } from './export';
import { growthOf } from './growth';
import { measureImport } from './import';
import { measureLarge } from './large';
import { measureLists } from './list';
import { measureLoad } from './load';
import { type Options, readOptions } from './options';
import { type BenchDatabase, databaseOf, startBenchCluster } from './place';
import { asJson, asTable, type Result } from './report';
import { saveRows } from './rows';
import { measureScripts } from './scripts';
import { adoptSettings } from './settings';
import { forgetCosts, measureStatements } from './statements';
import { measureUsual } from './usual';
import { signInVisitors, type Visitor } from './visitors';

/**
 * `npm run bench` measures the table of performance targets on this machine. Every figure is a ratio of two things
 * measured in turns in one run, so it means something on a noisy machine too. Run it while nothing else works there.
 * E is the empty page of the same build, B the users page from memory, S a page's own statements.
 */
const options = readArguments();
const begun = performance.now();
const say = (line: string) => process.stderr.write(`${minutes()}  ${line}\n`);
const withoutPages = ['P8', 'P15', 'P18'];
const needsPages = options.only?.some((id) => !withoutPages.includes(id)) ?? true;
const results: Result[] = [];
adoptSettings();
const cluster = await startBenchCluster();
try {
  for (const users of options.sizes) {
    const database = await databaseOf(cluster, users, say);
    const environment = await environmentOf(database, await freePort());
    // Build once, so that all sizes use the same build even if files change meanwhile.
    if (needsPages && users === options.sizes[0]) await buildApp(environment, say);
    say(`Measuring with ${users.toLocaleString('en')} people`);
    results.push(...(await measure(database, environment)));
    if (wants('P15') && users === options.sizes.at(-1)) results.push(...(await measureLog(database)));
  }
} finally {
  await cluster.stop();
}
if (wants('P18')) results.push(...growthOf(results));
process.stdout.write(`${options.json ? asJson(results) : asTable(results)}\n`);
say('Done');
if (options.strict && results.some((result) => !result.ok)) process.exitCode = 1;

async function measure(database: BenchDatabase, environment: AppEnvironment): Promise<Result[]> {
  return withClient(database.superuserUrl, async (client) => {
    const visitors = await signInVisitors(client, environment.SECRET);
    const found = needsPages ? await measurePages(client, visitors, database, environment) : [];
    if (wants('P8')) found.push(...(await announced('P8', () => measureImport(client, database, environment))));
    return found;
  });
}

async function measurePages(
  client: Client,
  visitors: Visitor[],
  database: BenchDatabase,
  environment: AppEnvironment,
): Promise<Result[]> {
  const { users } = database;
  const [admin] = visitors;
  if (!admin) throw new Error('nobody is signed in');
  await saveRows(database, admin.token);
  const app = await startApp(environment);
  const { runs } = options;
  await forgetCosts(client);
  const steps: [string, () => Promise<Result | Result[]>][] = [
    ['B', () => measureFrame(app.url, users)],
    ['P21', () => measureBytes(app.url, admin, users)],
    ['P1', () => measureBrowser(app.url, admin, users)],
    ['P7', () => measureStatements(client, app.url, admin, users)],
    ['P17', () => measureScripts(client, app.url, admin, users)],
    ['P19', () => measureUsual(client, app.url, database, admin)],
    ['P20', () => measureLarge(client, app.url, admin, { users, runs: Math.ceil(runs / 2) })],
    ['P16', () => measureLoad(client, app.url, environment.SECRET, users)],
    ['P9', () => measureExport(app, admin, database)],
  ];
  try {
    const found = await announced('B, P1 to P6', () => measureLists(client, app.url, visitors, { users, runs, wants }));
    for (const [id, step] of steps) {
      if (wants(id)) found.push(...[await announced(id, step)].flat());
    }
    return found;
  } finally {
    await app.stop();
  }
}

/** Runs once: its own database always has a million events. */
function measureLog(database: BenchDatabase): Promise<Result[]> {
  return announced('P15', () => withClient(database.superuserUrl, (client) => measureAudit(client, database)));
}

function announced<T>(what: string, step: () => Promise<T>): Promise<T> {
  say(`  ${what}`);
  return step();
}

function minutes(): string {
  const seconds = Math.round((performance.now() - begun) / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, '0')}`;
}

function wants(id: string): boolean {
  return options.only === null || options.only.includes(id);
}

function readArguments(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
