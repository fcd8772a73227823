// Runs the fault suite on a bare checkout too: it brings its own databases, processes and mail server, and its own build.
import { rmSync } from 'node:fs';
import { generateClient, onPinnedNode, run } from './bootstrap.mjs';
import { build } from './build.mjs';

await onPinnedNode(import.meta.url);
await generateClient();
await build();
// What an earlier run that was killed left behind.
rmSync('.data/faults', { recursive: true, force: true });
process.exitCode = await run(process.execPath, ['--import', 'tsx', 'tests/faults/main.ts', ...process.argv.slice(2)]);
