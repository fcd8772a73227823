import { type BrowserContext, test as base, type Page } from '@playwright/test';
import { type Role, sessionFile } from './people';

type Fixtures = {
  /** Opens a separate browser, signed in as one of the cast or signed out. */
  open: (role?: Role) => Promise<Page>;
  /** Whether the test opens pages that answer 403 or 404 on purpose. */
  meetsRefusals: boolean;
  /** Console errors that the test causes on purpose. */
  provokes: RegExp | null;
};

/** The `test` of every suite. It also fails on console or script errors, 5xx answers and requests to other origins. */
export const test = base.extend<Fixtures>({
  meetsRefusals: [false, { option: true }],
  provokes: [null, { option: true }],
  open: async ({ browser, baseURL, meetsRefusals, provokes }, use) => {
    const contexts: BrowserContext[] = [];
    const problems: string[] = [];
    await use(async (role) => {
      const storageState = role ? sessionFile(role) : { cookies: [], origins: [] };
      const context = await browser.newContext({ storageState });
      contexts.push(context);
      await watch(context, new URL(baseURL ?? '').origin, (problem) => problems.push(problem));
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    base.expect(problems.filter((problem) => !isExpected(problem, { meetsRefusals, provokes }))).toEqual([]);
  },
});

export { expect, type Page } from '@playwright/test';

/** The error on the page. The router keeps its own alert outside of `main`. */
export function alertOn(page: Page) {
  return page.locator('main').getByRole('alert');
}

function isExpected(problem: string, { meetsRefusals, provokes }: Pick<Fixtures, 'meetsRefusals' | 'provokes'>) {
  // The frame of a mail blocks scripts, including those of Playwright.
  if (/^console: Blocked script execution in 'about:srcdoc'/.test(problem)) return true;
  // This is how an open page learns that its session has ended.
  if (/the server responded with a status of 401 .*\/api\/session\?/.test(problem)) return true;
  if (meetsRefusals && /the server responded with a status of 40[034]/.test(problem)) return true;
  return provokes?.test(problem) ?? false;
}

async function watch(context: BrowserContext, origin: string, report: (problem: string) => void) {
  context.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => report(`page: ${error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.origin !== origin) {
      report(`called another origin: ${request.url()}`);
    }
  });
  context.on('response', (response) => {
    if (response.status() >= 500) report(`answered ${response.status()}: ${response.url()}`);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      console.error(`Content security policy: ${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
}
