import { cast, demoPassword, findPerson, goodPassword, signIn, signOut, welcome } from '../support/people';
import { expect, type Page, test } from '../support/test';

// The page asks every four seconds; a busy machine may be late.
const soon = { timeout: 30_000 };

const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in' });
const asks = (page: Page) => page.waitForResponse(/\/api\/session\?/, soon);

async function signOutOthers(page: Page, email: string) {
  await page.goto('/sign-in?next=/account/sessions');
  await signIn(page, email, goodPassword);
  await page.getByRole('button', { name: 'Sign out all others' }).click();
  await expect(page.getByText('Your other sessions are signed out.')).toBeVisible();
}

test('an open page of somebody signed out in another browser leads to sign-in, and back to where it was', async ({
  open,
}) => {
  const there = await open();
  const { email } = await welcome(await open('admin'), there, 'Acme Corp');
  await there.goto('/account/sign-ins');
  await there.goto('/account/preferences?from=bookmark');
  await expect(there.getByRole('button', { name: 'Save preferences' })).toBeVisible();

  await signOutOthers(await open(), email);
  await expect(signInButton(there)).toBeVisible(soon);
  await expect(there.getByText('You are signed out.', { exact: true })).toBeVisible();
  await test.step('Back does not show what was there', async () => {
    await there.goBack();
    await expect(signInButton(there)).toBeVisible();
    await there.goForward();
  });
  await signIn(there, email, goodPassword);
  await expect(there).toHaveURL(/\/account\/preferences\?from=bookmark$/);
});

test('typing is not thrown away without a word: the sign-in page says that it was not saved', async ({ open }) => {
  const there = await open();
  const { email } = await welcome(await open('admin'), there);
  await there.goto('/account');
  const questions: string[] = [];
  there.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void dialog.accept();
  });
  await there.getByLabel('First name').fill('Eleonora');
  await signOutOthers(await open(), email);
  await expect(there.getByText('You are signed out. What you had typed was not saved.')).toBeVisible(soon);
  expect(questions).toEqual([]);
});

test('an open page of a deactivated person leads to sign-in', async ({ open }) => {
  const admin = await open('admin');
  const visitor = await open();
  const person = await welcome(admin, visitor, 'Acme Corp');
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Deactivate', exact: true }).click();
  await expect(admin.getByText('is signed out everywhere within 5 seconds')).toBeVisible();
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByText('This person is deactivated and signed out everywhere.')).toBeVisible();
  await expect(signInButton(visitor)).toBeVisible(soon);
});

test.describe('without a connection', () => {
  test.use({ provokes: /\/api\/session\?/ });

  test('when somebody else signs in within the same browser, an open page becomes theirs', async ({ open }) => {
    const page = await open();
    const first = await welcome(await open('admin'), page);
    await page.goto('/account');
    await expect(page.locator('main').getByText(first.email).first()).toBeVisible();
    const tab = await page.context().newPage();
    await tab.goto('/account');
    // Stopped, so that it is the sign-in of the other person that the page meets.
    await page.route(/\/api\/session\?/, (route) => route.abort());
    await signOut(tab);
    await signIn(tab, cast.auditor, demoPassword());
    await expect(signInButton(tab)).toBeHidden();
    await page.unroute(/\/api\/session\?/);
    await expect(page.locator('main').getByText(cast.auditor).first()).toBeVisible(soon);
    await expect(page.getByText(first.email)).toHaveCount(0);
  });

  test('a page stays and goes on asking, whatever is typed into it', async ({ open }) => {
    const page = await open();
    const { email } = await welcome(await open('admin'), page);
    await page.goto('/account');
    await page.getByLabel('First name').fill('Eleonora');
    for (const fail of ['abort', 'unavailable'] as const) {
      const asked = new Promise<void>((resolve) => {
        void page.route(/\/api\/session\?/, async (route) => {
          await (fail === 'abort' ? route.abort() : route.fulfill({ status: 503 }));
          resolve();
        });
      });
      await asked;
      await page.unroute(/\/api\/session\?/);
      await expect(page.getByLabel('First name')).toHaveValue('Eleonora');
    }
    await signOutOthers(await open(), email);
    await expect(signInButton(page)).toBeVisible(soon);
  });
});

test('a hidden page asks nothing, and asks at once when it is shown again', async ({ open }) => {
  const page = await open('auditor');
  await page.goto('/account');
  await asks(page);
  const show = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await show(true);
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().includes('/api/session?')) asked += 1;
  });
  await page.waitForTimeout(6_000);
  expect(asked).toBe(0);
  await Promise.all([asks(page), show(false)]);
});
