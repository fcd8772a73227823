import { execFile } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const parts = ['src', 'public', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'package.json'];

/**
 * Builds the same sources without `src/proxy.ts`, in a folder below the checkout, so that its packages are found.
 * Proxies of this framework have been bypassed before, so access must not depend on one.
 */
export async function buildWithoutProxy(root: string): Promise<string> {
  const tree = path.join(root, '.data/without-proxy');
  await rm(tree, { recursive: true, force: true });
  await mkdir(tree, { recursive: true });
  for (const part of parts) {
    await cp(path.join(root, part), path.join(tree, part), { recursive: true }).catch((error: { code?: string }) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await rm(path.join(tree, 'src/proxy.ts'));
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  await promisify(execFile)(process.execPath, [next, 'build', tree], { cwd: root, env, maxBuffer: 2 ** 26 });
  return tree;
}
