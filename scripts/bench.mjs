// Runs the benchmark, also on a bare checkout. It has its own database and its own build.
import { generateClient, onPinnedNode, run } from './bootstrap.mjs';

await onPinnedNode(import.meta.url);
await generateClient();
process.exitCode = await run(process.execPath, ['--import', 'tsx', 'tests/bench/main.ts', ...process.argv.slice(2)]);
