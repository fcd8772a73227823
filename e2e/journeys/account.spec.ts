import { readFile } from 'node:fs/promises';
import { goodPassword, signIn, signOut, welcome } from '../support/people';
import { expect, test } from '../support/test';

test('a new person manages their account: sessions, preferences, data and signing out', async ({ open }) => {
  const there = await open();
  const { email } = await welcome(await open('admin'), there, 'Acme Corp');
  const here = await open();
  await here.goto('/o/acme?next=/account/sessions');
  await signIn(here, email, goodPassword);
  await expect(here).toHaveURL('/account/sessions');

  await test.step('signing out all others ends the session in the other browser', async () => {
    await here.getByRole('button', { name: 'Sign out all others' }).click();
    await expect(here.getByText('Your other sessions are signed out.')).toBeVisible();
    await expect(there.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });

  await test.step('times use the chosen format and zone', async () => {
    await here.goto('/account/preferences');
    await here.getByLabel('Time zone').selectOption('America/New_York');
    await here.getByRole('radio', { name: /MM-DD-YYYY/ }).check();
    await here.getByRole('button', { name: 'Save preferences' }).click();
    await expect(here.getByText('Your preferences are saved.')).toBeVisible();
    await here.goto('/account/sign-ins');
    await expect(here.locator('tbody time').first()).toHaveText(/^\d\d-\d\d-\d{4} \d\d:\d\d$/);
  });

  await test.step('the file requires the password and contains the account', async () => {
    await here.goto('/account/data');
    await here.getByLabel('Current password').fill('not the password');
    await here.getByRole('button', { name: 'Download my data' }).click();
    await expect(here.getByText('This is not your current password.')).toBeVisible();
    await here.getByLabel('Current password').fill(goodPassword);
    const [download] = await Promise.all([
      here.waitForEvent('download'),
      here.getByRole('button', { name: 'Download my data' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d\.json$/);
    expect(JSON.parse(await readFile(await download.path(), 'utf8')).profile.email).toBe(email);
  });

  await test.step('signing out returns to the organization’s own sign-in page', async () => {
    await signOut(here);
    await expect(here).toHaveURL('/o/acme?notice=session.ended');
    await expect(here.getByText('Acme Corp')).toBeVisible();
  });
});

test('a page links to its guide', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/imports');
  await page.getByRole('link', { name: 'Help: Importing users' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Importing users' })).toBeVisible();
});
