import { defineConfig } from '@playwright/test';

const port = process.env.E2E_PORT ?? '3417';
const baseURL = `http://127.0.0.1:${port}`;

/** The suites run against a production build with its own database, worker and mailbox. */
export default defineConfig({
  outputDir: '../test-results/browser',
  testMatch: '**/*.spec.ts',
  globalSetup: './support/sign-in-all.ts',
  workers: 2,
  // Tests share only the demo people and leave them unchanged.
  fullyParallel: true,
  // A retry would hide races that people would meet.
  retries: 0,
  forbidOnly: true,
  // Ten times what a test takes on an idle machine, so that a busy machine does not fail it.
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [['line']],
  use: {
    baseURL,
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
  },
  webServer: {
    command: 'node e2e/support/world.mjs',
    cwd: '..',
    url: `${baseURL}/api/health`,
    env: { PORT: port },
    timeout: 300_000,
    reuseExistingServer: process.env.E2E_REUSE === '1',
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
  projects: [
    { name: 'journeys', testDir: 'journeys' },
    { name: 'no-script', testDir: 'no-script', use: { javaScriptEnabled: false } },
    { name: 'pages', testDir: 'pages' },
  ],
});
