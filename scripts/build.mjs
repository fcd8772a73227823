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

/** Builds if a source has changed. The stamp is removed first, so that an interrupted build does not count. */
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
