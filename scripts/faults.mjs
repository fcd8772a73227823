// Runs the fault suite, also on a bare checkout. It has its own databases, processes, mail server and build.
import { rmSync } from 'node:fs';
import { generateClient, onPinnedNode, run } from './bootstrap.mjs';
import { build } from './build.mjs';

await onPinnedNode(import.meta.url);
await generateClient();
await build();
// An earlier run that was killed leaves files here.
rmSync('.data/faults', { recursive: true, force: true });
process.exitCode = await run(process.execPath, ['--import', 'tsx', 'tests/faults/main.ts', ...process.argv.slice(2)]);
