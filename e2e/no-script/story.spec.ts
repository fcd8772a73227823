import {
  activate,
  cast,
  chooseOrganization,
  demoPassword,
  fillInvitation,
  findPerson,
  goodPassword,
  linkIn,
  newcomer,
  openMail,
  signIn,
  signOut,
} from '../support/people';
import { alertOn, expect, test } from '../support/test';

test('without scripts: sign in, invite, activate, deactivate, reactivate, sign out', async ({ open }) => {
  const admin = await open();
  const visitor = await open();
  const person = newcomer();

  await test.step('signing in leads to the page that was requested', async () => {
    await admin.goto('/users?status=active');
    await signIn(admin, cast.admin, demoPassword());
    await expect(admin).toHaveURL('/users?status=active');
  });

  await test.step('invite after a preview', async () => {
    await admin.getByRole('link', { name: 'Add user' }).click();
    await fillInvitation(admin, person);
    await admin.getByLabel('Welcome message').fill('Glad you are here.');
    await chooseOrganization(admin, 'Acme Corp');
    await expect(admin.getByLabel('Email', { exact: true })).toHaveValue(person.email);
    await admin
      .getByRole('checkbox', { name: /^Viewer/ })
      .first()
      .check();
    await admin.getByRole('button', { name: 'Preview the email' }).click();
    await expect(admin.getByText('Preview: nothing was sent')).toBeVisible();
    await expect(admin.getByLabel('Email', { exact: true })).toHaveValue(person.email);
    await expect(admin.getByRole('checkbox', { name: /^Viewer/ }).first()).toBeChecked();
    await admin.getByRole('button', { name: 'Send invitation' }).click();
    await expect(admin.getByText('The invitation is on its way.')).toBeVisible();
    await admin.reload();
    await expect(admin.getByText('The invitation is on its way.')).toHaveCount(0);
  });

  await test.step('the list shows what waits and leads to the invitation, which is sent again', async () => {
    await admin.goto(`/users?q=${person.email}`);
    const row = admin.locator('tbody tr');
    await expect(row).toContainText(/Viewer\s*pending/);
    await row.getByRole('link', { name: /^Actions for/ }).click();
    await admin.getByRole('link', { name: 'To join Acme Corp' }).click();
    await admin.getByRole('button', { name: 'Resend invitation' }).click();
    await expect(admin.getByText('A new invitation is on its way.')).toBeVisible();
  });

  await test.step('a form with a short password returns with the name but not the password', async () => {
    await openMail(visitor, person.email, /invited you to Acme Corp/, 2);
    await linkIn(visitor).click();
    await visitor.getByLabel('First name').fill('Eleonora');
    await visitor.getByLabel('Password', { exact: true }).fill('too short');
    await visitor.getByRole('button', { name: 'Set up my account' }).click();
    await expect(alertOn(visitor)).toBeVisible();
    await expect(visitor.getByLabel('First name')).toHaveValue('Eleonora');
    await expect(visitor.getByLabel('Password', { exact: true })).toHaveValue('');
    expect(await visitor.content()).not.toContain('too short');
  });

  await test.step('activate', async () => {
    await activate(visitor);
    await expect(visitor.getByLabel('First name')).toHaveValue('Eleonora');
  });

  await test.step('deactivating ends the open session', async () => {
    await findPerson(admin, person);
    await admin.getByRole('link', { name: 'Deactivate', exact: true }).click();
    await admin.getByRole('button', { name: 'Deactivate' }).click();
    await expect(admin.getByText('This person is deactivated and signed out everywhere.')).toBeVisible();
    await visitor.goto('/account');
    await expect(visitor.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await signIn(visitor, person.email, goodPassword);
    await expect(alertOn(visitor)).toContainText('That did not work');
  });

  await test.step('after reactivation the old password works', async () => {
    await admin.getByRole('link', { name: 'Reactivate', exact: true }).click();
    await admin.getByRole('button', { name: 'Reactivate' }).click();
    await expect(admin.getByText('This person can sign in again')).toBeVisible();
    await signIn(visitor, person.email, goodPassword);
    await expect(visitor.getByRole('heading', { name: /My account|Hello/ })).toBeVisible();
  });

  await test.step('sign out', async () => {
    await signOut(admin);
    await admin.goto('/users');
    await expect(admin.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });
});

test('without scripts: a form with errors keeps what was typed and says what to correct', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/users/new');
  await page.getByLabel('Email', { exact: true }).fill('nobody at all');
  await page.getByLabel('First name').fill('Kept');
  await page.getByLabel('Welcome message').fill('Kept too');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(alertOn(page)).toContainText('Nothing was saved yet.');
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue('nobody at all');
  await expect(page.getByLabel('Email', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('First name')).toHaveValue('Kept');
  await expect(page.getByLabel('Welcome message')).toHaveValue('Kept too');
});
