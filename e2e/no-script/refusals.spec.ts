import { alertOn, expect, test } from '../support/test';

test.use({ meetsRefusals: true });

// Without scripts Next would show an empty page here; `src/server/page.ts` prevents that.
test('without scripts: a missing page and a forbidden page say so inside the console', async ({ open }) => {
  const page = await open('auditor');
  const gone = await page.goto('/users/no-such-person');
  expect(gone?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Console' }).first()).toBeVisible();
  const closed = await page.goto('/users/new');
  expect(closed?.status()).toBe(403);
  await expect(page.getByRole('heading', { level: 1, name: 'This page is not open to you' })).toBeVisible();
  await page.getByRole('link', { name: 'See what you may do' }).click();
  await expect(page.locator('main').getByText('Auditor', { exact: true })).toBeVisible();
});

test('without scripts: sign-in at an unknown organization, and a wrong password at a known one', async ({ open }) => {
  const page = await open();
  const wrong = await page.goto('/o/no-such-organization?next=/help');
  expect(wrong?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1, name: 'No organization signs in here' })).toBeVisible();
  await page.getByRole('link', { name: 'Sign in on the general page' }).click();
  await expect(page).toHaveURL('/sign-in?next=%2Fhelp');
  await page.goto('/o/ACME');
  await expect(page).toHaveURL('/o/acme');
  await expect(page.getByText('Acme Corp')).toBeVisible();
  await page.getByLabel('Email address').fill('nobody@acme.example');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/o/acme?error=1');
  await expect(alertOn(page)).toContainText('That did not work');
  await expect(page.getByLabel('Email address')).toHaveValue('nobody@acme.example');
});
