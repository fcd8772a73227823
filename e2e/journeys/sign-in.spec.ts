import {
  addWithInitialPassword,
  cast,
  demoPassword,
  findPerson,
  goodPassword,
  linkIn,
  newcomer,
  openMail,
  signIn,
  signOut,
  unique,
  welcome,
} from '../support/people';
import { alertOn, expect, test } from '../support/test';

// Expired or used links are answered with 404.
test.use({ meetsRefusals: true });

test('a person without console permissions arrives at their account', async ({ open }) => {
  const page = await open();
  await page.goto('/');
  await signIn(page, cast.member, demoPassword());
  await expect(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Console' }).getByRole('link')).toHaveText(['My account', 'Help']);
});

test('after signing out, Back shows the sign-in page', async ({ open }) => {
  const page = await open();
  await page.goto('/sign-in?next=/users');
  await signIn(page, cast.auditor, demoPassword());
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  await page.goto('/audit');
  await signOut(page);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeHidden();
});

test('a wrong password and an unknown address get the same answer, and the address is kept', async ({ open }) => {
  const page = await open();
  const refused = [];
  for (const address of [`nobody.${unique()}@acme.example`, cast.harborAdmin]) {
    await page.goto('/sign-in?next=/audit');
    await signIn(page, address, 'not the password at all');
    await expect(alertOn(page)).toBeVisible();
    await expect(page.getByLabel('Email address')).toHaveValue(address);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    refused.push(await alertOn(page).textContent());
    expect(new URL(page.url()).searchParams.get('next')).toBe('/audit');
  }
  expect(refused[0]).toBe(refused[1]);
});

test('a forgotten password is replaced with an emailed link', async ({ open }) => {
  const visitor = await open();
  const person = await welcome(await open('admin'), visitor);
  const other = await open();

  await other.goto('/sign-in');
  await other.getByRole('link', { name: 'Forgot your password?' }).click();
  // The sign-in page has a field of the same name, which would take the text before the next page loads.
  await expect(other.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
  await other.getByLabel('Email address').fill(person.email);
  await other.getByRole('button', { name: 'Send the link' }).click();
  await expect(other.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  await openMail(other, person.email, /Choose a new password/);
  const link = await linkIn(other).getAttribute('href');
  await linkIn(other).click();
  await other.getByLabel('New password').fill('nine quiet rivers going north');
  await other.getByRole('button', { name: 'Set the password' }).click();
  await expect(other.getByText('Your new password is set.')).toBeVisible();

  await test.step('the earlier session has ended', async () => {
    await expect(visitor.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });
  await test.step('the link works once', async () => {
    await visitor.goto(link ?? '');
    await expect(visitor.getByRole('button', { name: 'Set the password' })).toBeHidden();
  });
  await test.step('the old password no longer works and the new one does', async () => {
    await other.goto('/sign-in');
    await signIn(other, person.email, goodPassword);
    await expect(alertOn(other)).toBeVisible();
    await signIn(other, person.email, 'nine quiet rivers going north');
    await expect(other.getByRole('heading', { name: 'My account' })).toBeVisible();
    await expect(other.locator('main').getByText(person.email).first()).toBeVisible();
  });
});

test('an initial password is shown once and must be changed at the first sign-in', async ({ open }) => {
  const admin = await open('admin');
  const person = newcomer();
  await addWithInitialPassword(admin, person);
  await expect(admin.getByText('The account is ready')).toBeVisible();
  const initial = (await admin.locator('output').textContent()) ?? '';
  await admin.getByRole('link', { name: 'Open their page' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: new RegExp(person.lastName) })).toBeVisible();
  await expect(admin.getByText(initial)).toHaveCount(0);
  await admin.goBack();
  await expect(admin.getByRole('button', { name: /^(Send invitation|Create user)$/ })).toBeVisible();
  await expect(admin.getByText(initial)).toHaveCount(0);

  const visitor = await open();
  await visitor.goto('/account');
  await signIn(visitor, person.email, initial);
  await expect(visitor.getByRole('heading', { name: 'Choose a password of your own' })).toBeVisible();
  await visitor.goto('/account');
  await expect(visitor.getByRole('heading', { name: 'Choose a password of your own' })).toBeVisible();
  await visitor.getByLabel('Current password').fill(initial);
  await visitor.getByLabel('New password').fill(goodPassword);
  await visitor.getByRole('button', { name: 'Change password' }).click();
  await expect(visitor.getByRole('heading', { name: 'My account' })).toBeVisible();
});

test('a deactivated person is signed out at once, and their password works after reactivation', async ({ open }) => {
  const admin = await open('admin');
  const visitor = await open();
  const person = await welcome(admin, visitor, 'Acme Corp');
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Deactivate', exact: true }).click();
  await admin.getByLabel('Reason').fill('Lost laptop');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByText('This person is deactivated and signed out everywhere.')).toBeVisible();
  await expect(admin.locator('main')).toContainText('Lost laptop');

  await expect(visitor.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await signIn(visitor, person.email, goodPassword);
  await expect(alertOn(visitor)).toContainText('That did not work');

  await admin.getByRole('link', { name: 'Reactivate', exact: true }).click();
  await admin.getByRole('button', { name: 'Reactivate' }).click();
  await expect(admin.getByText('This person can sign in again')).toBeVisible();
  await signIn(visitor, person.email, goodPassword);
  await expect(visitor.getByRole('button', { name: 'Sign in' })).toBeHidden();
  await expect(visitor.getByText(person.email).first()).toBeAttached();
  await admin.goto(`/audit?subject=${person.email}`);
  for (const action of ['Deactivated', 'Reactivated']) {
    await expect(admin.getByRole('link', { name: action, exact: true })).toBeVisible();
  }
});

test('the forgotten password pages lead back to the sign-in page the person used', async ({ open }) => {
  const person = await welcome(await open('admin'), await open(), 'Acme Corp');
  const visitor = await open();
  const back = visitor.getByRole('link', { name: 'Back to sign-in' });
  const requestLink = async () => {
    await visitor.getByRole('link', { name: 'Forgot your password?' }).click();
    await expect(visitor.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
    await expect(visitor.getByRole('link', { name: 'Help with signing in' })).toBeVisible();
    await expect(back).toHaveAttribute('href', '/o/acme');
    await visitor.getByLabel('Email address').fill(person.email);
    await visitor.getByRole('button', { name: 'Send the link' }).click();
    await expect(visitor.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  };

  await test.step('in a browser without an earlier sign-in there', async () => {
    await visitor.goto('/o/acme');
    await requestLink();
    await back.click();
    await expect(visitor).toHaveURL(/\/o\/acme$/);
  });

  await test.step('after the new password is set', async () => {
    await signIn(visitor, person.email, goodPassword);
    await expect(visitor.getByRole('heading', { level: 1 })).not.toHaveText('Sign in');
    await signOut(visitor);
    await requestLink();
    await openMail(visitor, person.email, /Choose a new password/, 2);
    await linkIn(visitor).click();
    await expect(back).toHaveAttribute('href', '/o/acme');
    await visitor.getByLabel('New password').fill('nine quiet rivers going north');
    await visitor.getByRole('button', { name: 'Set the password' }).click();
    await expect(visitor.getByText('Your new password is set.')).toBeVisible();
    await expect(visitor).toHaveURL(/\/o\/acme\?notice=password\.reset$/);
  });
});
