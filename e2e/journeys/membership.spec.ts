import { addToOrganization, membershipStory } from '../support/membership-story';
import { findPerson, welcome } from '../support/people';
import { expect, test } from '../support/test';

test.use({ meetsRefusals: true });

test('a person is added to an organization, gets more roles, is removed and becomes an auditor', async ({ open }) => {
  const admin = await open('admin');
  const visitor = await open();
  await membershipStory(admin, visitor, await welcome(admin, visitor));
});

test('when two admins change the same roles, the second sees it and keeps both changes', async ({ open }) => {
  const admin = await open('admin');
  const second = await open('secondAdmin');
  const person = await welcome(admin, await open());
  await addToOrganization(admin, person, 'Acme Corp', /^Viewer/);
  for (const page of [admin, second]) {
    await findPerson(page, person);
    await page.getByRole('link', { name: 'Access', exact: true }).click();
    await page.getByRole('link', { name: 'Change roles in Acme Corp' }).click();
  }
  await admin.getByRole('checkbox', { name: /^Staff/ }).check();
  await admin.getByRole('button', { name: 'Save roles' }).click();
  await expect(admin.getByText('The roles were changed.')).toBeVisible();

  await second.getByRole('checkbox', { name: /^Caseworker/ }).check();
  await second.getByRole('button', { name: 'Save roles' }).click();
  await expect(second.locator('main')).toContainText(
    'Ada Lovelace changed the roles from Viewer to Staff, Viewer just now.',
  );
  for (const role of [/^Staff/, /^Viewer/, /^Caseworker/]) {
    await expect(second.getByRole('checkbox', { name: role })).toBeChecked();
  }
  await second.getByRole('button', { name: 'Save roles' }).click();
  await expect(second.getByText('The roles were changed.')).toBeVisible();
  await expect(second.locator('main')).toContainText('Caseworker, Staff, Viewer');
});

test('a system admin adds an existing person to an organization; its org admin invites instead', async ({ open }) => {
  const admin = await open('admin');
  const person = await welcome(admin, await open());
  await admin.goto('/organizations/acme');
  await admin.getByRole('link', { name: 'Add existing user' }).click();
  await admin.getByLabel('Find a person').fill(person.email);
  await admin.getByRole('button', { name: 'Search', exact: true }).click();
  await admin.getByRole('link', { name: /^Choose Nora/ }).click();
  await expect(admin.getByRole('heading', { level: 1, name: /to Acme Corp$/ })).toBeVisible();

  const orgAdmin = await open('acmeAdmin');
  await orgAdmin.goto('/organizations/acme');
  await orgAdmin.getByRole('link', { name: 'Add user' }).click();
  await expect(orgAdmin.getByRole('group', { name: /^Roles in Acme Corp/ })).toBeVisible();
  await orgAdmin.goto('/organizations/acme/people/new');
  await expect(orgAdmin.getByText('This page is not open to you')).toBeVisible();
});
