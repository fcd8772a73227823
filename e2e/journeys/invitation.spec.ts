import {
  activate,
  cast,
  chooseOrganization,
  demoPassword,
  fillInvitation,
  goodPassword,
  invite,
  linkIn,
  newcomer,
  openMail,
  signIn,
} from '../support/people';
import { alertOn, expect, test } from '../support/test';

test('an admin signs in, finds a person and invites another, who sets up an account', async ({ open }) => {
  const admin = await open();
  const person = newcomer();

  await test.step('signing in leads to the page that was requested', async () => {
    await admin.goto('/users?status=active&sort=email');
    await expect(admin).toHaveURL(/\/sign-in\?next=/);
    await signIn(admin, cast.admin, demoPassword());
    await expect(admin).toHaveURL('/users?status=active&sort=email');
    await expect(admin.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  });

  await test.step('search finds people by part of a name, with or without accents', async () => {
    await admin.goto('/users');
    const search = admin.getByRole('searchbox', { name: 'Search people' });
    await search.pressSequentially('whi');
    await expect(admin).toHaveURL(/q=whi$/);
    await search.pressSequentially('tf');
    await expect(admin).toHaveURL(/q=whitf$/);
    await expect(search).toBeFocused();
    await expect(search).toHaveValue('whitf');
    const pages = admin.getByRole('navigation', { name: 'Pages of this list' });
    await expect(pages.locator('[aria-live=polite]')).toHaveText(/^\d+ (person|people)$/);
    await expect(admin.getByRole('row')).not.toHaveCount(1);
    for (const row of await admin.locator('tbody tr').all()) await expect(row).toContainText('Whitfield');
    await admin.goBack();
    await expect(admin).toHaveURL('/users');
    await expect(search).toHaveValue('');
    await search.fill('DABROW');
    await search.press('Enter');
    await expect(admin.locator('tbody tr').first()).toContainText('Dąbrowski');
  });

  await test.step('an invitation has an organization, roles, a welcome message and a preview', async () => {
    await admin.getByRole('link', { name: 'Add user' }).click();
    await chooseOrganization(admin, 'Acme Corp');
    await fillInvitation(admin, person);
    const roles = admin.getByRole('group', { name: /^Roles in Acme Corp/ });
    await roles.getByRole('checkbox', { name: /^Author/ }).check();
    await roles.getByRole('checkbox', { name: /^Viewer/ }).check();
    await admin.getByLabel('Welcome message').fill('Glad you are here.\nLunch is at noon.');
    await admin.getByRole('button', { name: 'Preview the email' }).click();
    const preview = admin.getByRole('region', { name: 'Preview of the email' });
    await expect(preview).toContainText('Ada Lovelace invited you to Acme Corp');
    // Scripts cannot read the frame, not even those of this test.
    await expect(preview.locator('iframe')).toHaveAttribute('srcdoc', /Lunch is at noon\./);
    await expect(admin.getByLabel('Email', { exact: true })).toHaveValue(person.email);
    await admin.getByRole('button', { name: 'Send invitation' }).click();
    await expect(admin.getByText('The invitation is on its way.')).toBeVisible();
    await admin.reload();
    await expect(admin.getByRole('heading', { name: 'What happened' })).toBeVisible();
    await expect(admin.getByText('The invitation is on its way.')).toHaveCount(0);
  });
  const invitation = new URL(admin.url()).pathname;

  const visitor = await open();
  await test.step('the mail says who invites the person, where and with which roles', async () => {
    await openMail(visitor, person.email, /Ada Lovelace invited you to Acme Corp/);
    await expect(visitor.locator('main')).toContainText('Lunch is at noon.');
    await expect(visitor.locator('main')).toContainText(/as Author and Viewer|as Viewer and Author/);
  });

  await test.step('the link sets up the account and signs in', async () => {
    await linkIn(visitor).click();
    await expect(visitor.getByRole('heading', { name: 'Set up your account' })).toBeVisible();
    await expect(visitor.locator('main')).toContainText('Ada Lovelace invited you to Acme Corp');
    await visitor.getByLabel('First name').fill('Eleonora');
    await activate(visitor);
    await expect(visitor.locator('main')).toContainText(`Eleonora ${person.lastName}`);
    await expect(visitor.locator('main')).toContainText(person.email);
  });

  await test.step('the admin sees the acceptance, also in the audit log', async () => {
    await admin.goto(`/invitations?show=accepted&q=${person.email}`);
    await expect(admin.locator('tbody tr')).toHaveCount(1);
    await expect(admin.locator('tbody tr')).toContainText('Accepted');
    await admin.goto(invitation);
    await expect(admin.getByText('Accepted', { exact: true }).first()).toBeVisible();
    await admin.goto(`/users?q=${person.email}`);
    await expect(admin.locator('tbody tr')).toContainText('Active');
    await admin.goto(`/audit?subject=${person.email}`);
    await admin.getByRole('link', { name: 'Account activated', exact: true }).click();
    await expect(admin.locator('main')).toContainText(person.lastName);
  });
});

test('resending an invitation invalidates the first link, and cancelling invalidates the second', async ({ open }) => {
  const admin = await open('admin');
  const visitor = await open();
  const person = newcomer();
  await invite(admin, person);
  const invitation = new URL(admin.url()).pathname;
  await openMail(visitor, person.email, /invited you/);
  const first = await linkIn(visitor).getAttribute('href');

  await admin.getByRole('button', { name: 'Resend invitation' }).click();
  await expect(admin.getByText('Earlier links no longer work.')).toBeVisible();
  await openMail(visitor, person.email, /invited you/, 2);
  const second = await linkIn(visitor).getAttribute('href');
  expect(second).not.toBe(first);

  await visitor.goto(first ?? '');
  await expect(visitor.getByRole('button', { name: 'Set up my account' })).toBeHidden();
  await visitor.goto(second ?? '');
  await expect(visitor.getByRole('button', { name: 'Set up my account' })).toBeVisible();

  await admin.goto(invitation);
  await expect(admin.getByText('Opened', { exact: true }).first()).toBeVisible();
  await admin.getByRole('link', { name: 'Cancel invitation' }).click();
  await expect(admin.locator('main')).toContainText(person.email);
  await admin.getByRole('button', { name: 'Cancel invitation' }).click();
  await expect(admin.getByText('The invitation was cancelled.')).toBeVisible();

  // The form of the second link is still open, but sending it creates no account.
  await visitor.getByLabel('Password', { exact: true }).fill(goodPassword);
  await visitor.getByRole('button', { name: 'Set up my account' }).click();
  await expect(alertOn(visitor)).toBeVisible();
  await visitor.goto(second ?? '');
  await expect(visitor.getByRole('button', { name: 'Set up my account' })).toBeHidden();
});
