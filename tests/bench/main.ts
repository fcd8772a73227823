import type { Client } from 'pg';
import { freePort, withClient } from '@/server/db/cluster';
import { type AppEnvironment, buildApp, environmentOf, startApp } from './app';
import { measureLists } from './list';
import { type Options, readOptions } from './options';
import { type BenchDatabase, databaseOf, startBenchCluster } from './place';
import { asJson, asTable, type Result } from './report';
import { saveRows } from './rows';
import { measureScripts } from './scripts';
import { measureStatements, measureUsual } from './statements';
import { signInVisitors, type Visitor } from './visitors';

/**
 * `npm run bench`: the table of performance targets, measured on this machine. Every figure is a ratio of two things
 * measured in turns in one run, so it says something on a noisy machine too; run it while nothing else works.
 */
const options = readArguments();
const say = (line: string) => process.stderr.write(`${line}\n`);
const needsPages = ['P1', 'P2', 'P3', 'P5', 'P7', 'P17'].some(wants);
const results: Result[] = [];
const cluster = await startBenchCluster();
try {
  for (const users of options.sizes) {
    const database = await databaseOf(cluster, users, say);
    const environment = await environmentOf(database, await freePort());
    if (needsPages) await buildApp(environment, say);
    say(`Measuring with ${users.toLocaleString('en')} people`);
    results.push(...(await measure(database, environment)));
  }
} finally {
  await cluster.stop();
}
process.stdout.write(`${options.json ? asJson(results) : asTable(results)}\n`);
if (options.strict && results.some((result) => !result.ok)) process.exitCode = 1;

async function measure(database: BenchDatabase, environment: AppEnvironment): Promise<Result[]> {
  return withClient(database.superuserUrl, async (client) => {
    const visitors = await signInVisitors(client, environment.SECRET);
    const [admin] = visitors;
    if (!admin) throw new Error('nobody is signed in');
    const found = needsPages ? await measurePages(client, visitors, database, environment) : [];
    if (wants('P19')) found.push(...(await measureUsual(client, database, admin)));
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
  if (!admin) return [];
  await saveRows(database, admin.token);
  const app = await startApp(environment);
  try {
    const found = await measureLists(client, app.url, visitors, { users, runs: options.runs, wants });
    if (wants('P7')) found.push(await measureStatements(client, app.url, admin, users));
    if (wants('P17')) found.push(await measureScripts(client, app.url, admin, users));
    return found;
  } finally {
    await app.stop();
  }
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
