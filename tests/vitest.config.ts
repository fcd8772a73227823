import path from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');
const alias = { '@/': `${root}/src/`, '@tests/': `${root}/tests/` };
// Postgres needs a core too: more workers than half of a small machine's cores only wait for it.
const maxWorkers = 2;

/** As the build imports an image: an object with its address. */
const images: Plugin = {
  name: 'images',
  enforce: 'pre',
  load: (id) => (id.endsWith('.svg') ? `export default { src: '/${path.basename(id)}' };` : null),
};

export default defineConfig({
  root,
  plugins: [images],
  resolve: { alias },
  test: {
    maxWorkers,
    // What passing tests say is noise; what failing ones said is a trace.
    silent: 'passed-only',
    // What is polled for comes when it comes; only what never comes is a failure.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'product',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/architecture/**'],
          globalSetup: ['tests/support/global-setup.ts'],
          setupFiles: ['tests/support/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'architecture', include: ['tests/architecture/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
});
