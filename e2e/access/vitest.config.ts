import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '../..');

/** Calls a production build from outside. Tests run one at a time, because each compares the rows before and after. */
export default defineConfig({
  root,
  resolve: { alias: { '@/': `${root}/src/`, '@tests/': `${root}/tests/` } },
  test: {
    name: 'access',
    include: ['e2e/access/**/*.test.ts'],
    globalSetup: ['e2e/access/support/global-setup.ts'],
    setupFiles: ['e2e/access/support/setup.ts'],
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    silent: 'passed-only',
  },
});
