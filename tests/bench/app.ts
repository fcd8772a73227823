import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchPage } from './http';
import { type BenchDatabase, benchFolder, hashOf, root } from './place';

const app = path.join(benchFolder, 'app');
const next = path.join(root, 'node_modules/next/dist/bin/next');
const sources = ['src', 'public', 'postcss.config.mjs', 'tsconfig.json', 'package.json'];

export const baselinePath = '/bench';
export const emptyPath = '/bench/empty';
export const framePath = '/bench/frame';
export const usualPath = '/bench/usual';
const pages = {
  [baselinePath]: 'baseline',
  [emptyPath]: 'empty',
  [framePath]: 'frame-alone',
  [usualPath]: 'usual',
};

/** Inside the checkout, so that its packages are found. Only this build has the pages to compare with. */
const config = `import config from './next.config.product';
const root = ${JSON.stringify(root)};
export default {
  ...config,
  output: undefined,
  turbopack: { ...config.turbopack, root },
  outputFileTracingRoot: root,
  typescript: { ignoreBuildErrors: true },
};
`;

export type RunningApp = { url: string; pid: number; stop(): Promise<void> };

export type AppEnvironment = NodeJS.ProcessEnv & Record<'SECRET' | 'PORT' | 'PUBLIC_URL', string>;

export async function environmentOf(database: BenchDatabase, port: number): Promise<AppEnvironment> {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: database.url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Rollcall <rollcall@localhost>',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    HOST: '127.0.0.1',
    PORT: String(port),
    SECRET: randomBytes(48).toString('base64url'),
    AUDIT_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    LOG_LEVEL: 'error',
    BENCH_ROWS: rowsFile(database.users),
  };
}

export function rowsFile(users: number): string {
  return path.join(benchFolder, `rows-${users}.json`);
}

/** Builds a copy of the product with the benchmark's pages, unless neither has changed. */
export async function buildApp(environment: AppEnvironment, say: (line: string) => void): Promise<void> {
  const stampFile = path.join(app, '.next', 'bench.stamp');
  const stamp = hashOf([
    'src',
    'public',
    'next.config.ts',
    'postcss.config.mjs',
    'package-lock.json',
    'tests/bench/pages',
    'tests/bench/app.ts',
  ]);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say('Building');
  await rm(path.join(app, 'src'), { recursive: true, force: true });
  await rm(stampFile, { force: true });
  await mkdir(app, { recursive: true });
  // `next/font` takes paths alone, so the typeface is looked for beside the copy.
  const packages = path.join(app, 'node_modules');
  if (!existsSync(packages)) await symlink(path.join(root, 'node_modules'), packages);
  for (const source of sources) {
    if (existsSync(path.join(root, source)))
      await cp(path.join(root, source), path.join(app, source), { recursive: true });
  }
  await cp(path.join(root, 'next.config.ts'), path.join(app, 'next.config.product.ts'));
  await writeFile(path.join(app, 'next.config.ts'), config);
  await cp(path.join(import.meta.dirname, 'pages'), path.join(app, 'src/app/_bench'), { recursive: true });
  for (const [at, page] of Object.entries(pages)) {
    await mkdir(path.join(app, 'src/app', at), { recursive: true });
    await writeFile(path.join(app, 'src/app', at, 'page.tsx'), `export { default } from '@/app/_bench/${page}';\n`);
  }
  // The build runs pages too, before there is a file of rows.
  const { BENCH_ROWS: _, ...env } = environment;
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: app,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The build failed.\n${output()}`);
  await writeFile(stampFile, stamp);
}

/** Starts one web process, as `npm start` does. */
export async function startApp(environment: AppEnvironment): Promise<RunningApp> {
  const url = environment.PUBLIC_URL;
  const args = [next, 'start', '-H', '127.0.0.1', '-p', environment.PORT];
  const child = spawn(process.execPath, args, { cwd: app, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([closed, sleep(5_000).then(() => child.kill('SIGKILL'))]);
    await closed;
  };
  for (let waited = 0; waited < 60_000; waited += 200) {
    if (child.exitCode !== null) throw new Error(`The web server stopped.\n${output()}`);
    const answer = await fetchPage(`${url}${baselinePath}`).catch(() => undefined);
    if (answer?.status === 200) return { url, pid: child.pid ?? 0, stop };
    await sleep(200);
  }
  await stop();
  throw new Error(`The web server does not answer at ${url}.\n${output()}`);
}

function collect(child: ChildProcess): () => string {
  let output = '';
  const add = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-6_000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => output;
}
