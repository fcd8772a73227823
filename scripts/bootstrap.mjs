// Makes a bare checkout run. Uses only what Node 20 includes, because nothing is installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(fileURLToPath(import.meta.url), '../..');
const modules = path.join(root, 'node_modules');
const pinnedNode = path.join(modules, '.bin', 'node');

export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Prints a sentence that says what to do, and exits with 1. */
export function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Installs the packages of package-lock.json if needed, then runs the same command on the pinned Node. */
export async function onPinnedNode(script) {
  process.chdir(root);
  await install();
  if (process.env.ROLLCALL_NODE === 'pinned') return;
  const child = spawn(pinnedNode, [fileURLToPath(script), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ROLLCALL_NODE: 'pinned' },
  });
  // A signal to this process is meant for the child, which exits when it has closed everything.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  await new Promise(() => {
    child.on('exit', (code) => process.exit(code ?? 1));
  });
}

async function install() {
  if (isInstalled()) return;
  say('Installing packages');
  // Not `npm ci`: it refuses a lock file that lacks other platforms' optional packages.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const code = npm ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
  if (code !== 0) giveUp('The packages could not be installed. Check the network, then run the command again.');
}

/**
 * Whether npm's own record of node_modules has everything in package-lock.json. A package for other systems may be
 * missing.
 */
function isInstalled() {
  const found = readJson(path.join(modules, '.package-lock.json'))?.packages;
  const wanted = readJson('package-lock.json')?.packages;
  if (!existsSync(pinnedNode) || !found || !wanted) return false;
  const declared = readJson('package.json');
  const isLocked = (kind) => JSON.stringify(declared?.[kind]) === JSON.stringify(wanted['']?.[kind]);
  if (!isLocked('dependencies') || !isLocked('devDependencies')) return false;
  return Object.entries(wanted).every(([place, each]) => {
    if (place === '') return true;
    const has = found[place];
    return has ? has.version === each.version && has.integrity === each.integrity : each.optional && !isForUs(each);
  });
}

function isForUs({ os, cpu, libc }) {
  return Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && !libc);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Generates the database client if the schema has changed. */
export async function generateClient() {
  const stamp = path.join(modules, '.rollcall-client');
  const wanted = hashOf(['prisma', 'package-lock.json'], (file) => /\.prisma$|lock\.json$/.test(file));
  if (existsSync('src/server/db/generated/client.ts') && readStamp(stamp) === wanted) return;
  say('Generating the database client');
  // The generator wants a schema engine that it never starts. Naming any file avoids the download.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const result = await runQuietly(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { env });
  if (result.code !== 0) giveUp(`The database client could not be generated.\n${result.output}`);
  writeFileSync(stamp, wanted);
}

/** SHA-256 over names and contents of files and folders, in order; `keep` chooses among the files of folders. */
export function hashOf(places, keep = () => true) {
  const hash = createHash('sha256');
  const add = (place) => {
    if (!existsSync(place)) return;
    if (statSync(place).isDirectory()) {
      for (const name of readdirSync(place).sort()) add(path.join(place, name));
    } else if (keep(place)) {
      hash.update(`${place}\0`).update(readFileSync(place)).update('\0');
    }
  };
  for (const place of places) add(place);
  return hash.digest('hex');
}

export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** Runs a program with its output on the terminal. Resolves to its exit code, or 127 if it cannot start. */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', cwd: root, ...options });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a program and captures its output. */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: root, ...options });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ code: 127, stdout, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, output }));
  });
}
