import { rmSync, writeFileSync } from 'node:fs';
import { hashOf, readStamp, runQuietly, say } from './bootstrap.mjs';

const sources = [
  'src',
  'public',
  'prisma',
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
];

/** Builds when a source changed since the last build; the stamp goes first, so that a build cut short counts as none. */
export async function build(environment = process.env) {
  const stamp = '.next/rollcall-build';
  const wanted = hashOf(sources);
  if (readStamp(stamp) === wanted) return;
  say('Building, which takes a minute');
  rmSync(stamp, { force: true });
  const env = { ...environment, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const result = await runQuietly(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { env });
  if (result.code !== 0) throw new Error(`The build failed.\n${result.output}`);
  writeFileSync(stamp, wanted);
}
