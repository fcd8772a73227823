import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Runs `next start` on the build of `tree` and waits until it is ready. Its output goes to `log`. */
export async function startWeb(tree: string, settings: Record<string, string>, log: string) {
  if (!existsSync(path.join(tree, '.next/BUILD_ID')))
    throw new Error(`There is no build in ${tree}. Run "next build".`);
  const output = openSync(log, 'a');
  const next = path.resolve('node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', settings.PORT ?? ''], {
    cwd: tree,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', NODE_ENV: 'production', ...settings },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(force);
  };
  for (let waited = 0; waited < 60_000; waited += 100) {
    const answer = await fetch(`http://127.0.0.1:${settings.PORT}/api/ready`).catch(() => null);
    if (answer?.ok) return { pid: child.pid ?? 0, stop };
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`The server did not become ready.\n${readFileSync(log, 'utf8').slice(-4000)}`);
}
