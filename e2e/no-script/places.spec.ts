import { findPerson, unique, welcome } from '../support/people';
import { alertOn, expect, test } from '../support/test';

test('without scripts: an organization is created, renamed, deactivated and reactivated', async ({ open }) => {
  const admin = await open('admin');
  const mark = unique();
  await admin.goto('/organizations');
  await admin.getByRole('link', { name: 'New organization' }).first().click();
  await admin.getByLabel('Name', { exact: true }).fill(`Lantern ${mark}`);
  await admin.getByLabel('Slug').fill('new');
  await admin.getByRole('button', { name: 'Create organization' }).click();
  await expect(alertOn(admin)).toContainText('Rollcall uses this word itself.');
  await admin.getByLabel('Slug').fill('');
  await admin.getByRole('button', { name: 'Create organization' }).click();
  await expect(admin).toHaveURL(new RegExp(`/organizations/lantern-${mark}`));
  await expect(admin.getByText('The organization is created.')).toBeVisible();

  await admin.getByRole('link', { name: 'Edit', exact: true }).click();
  await admin.getByLabel('Name', { exact: true }).fill(`Lamp ${mark}`);
  await admin.getByRole('button', { name: 'Save organization' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: `Lamp ${mark}` })).toBeVisible();

  await admin.getByRole('link', { name: 'Deactivate', exact: true }).click();
  await expect(admin.getByText('Nothing is deleted.')).toBeVisible();
  await admin.getByRole('button', { name: `Deactivate Lamp ${mark}` }).click();
  await expect(admin.getByText('The organization is deactivated.')).toBeVisible();
  await admin.getByRole('link', { name: 'Reactivate', exact: true }).click();
  await admin.getByRole('button', { name: `Reactivate Lamp ${mark}` }).click();
  await expect(admin.getByText('The organization is active again')).toBeVisible();
});

test('without scripts: a group is made, gets a person and roles, and is deleted', async ({ open }) => {
  const admin = await open('admin');
  const person = await welcome(admin, await open());
  const name = `Shift ${unique()}`;
  await admin.goto('/groups/new');
  await admin.getByLabel('Name', { exact: true }).fill(name);
  await admin.getByRole('checkbox', { name: /^Member/ }).check();
  await admin.getByRole('button', { name: 'Create group' }).click();
  await expect(admin.getByText('The group is created.')).toBeVisible();

  await admin.getByRole('link', { name: 'Add or remove people' }).click();
  await admin.getByLabel('Find a person').fill(person.email);
  await admin.getByRole('button', { name: 'Search', exact: true }).click();
  await admin.getByRole('button', { name: `Add ${person.firstName} ${person.lastName}` }).click();
  await expect(admin.getByText('This person is in the group now.')).toBeVisible();
  await admin.getByRole('link', { name, exact: true }).click();
  await expect(admin.getByRole('link', { name: '1 person' })).toBeVisible();

  await admin.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(admin.getByText('1 person gains or loses what you change here')).toBeVisible();
  await admin.getByRole('checkbox', { name: /^Author/ }).check();
  await admin.getByRole('button', { name: 'Save group' }).click();
  await expect(admin.getByText('The group was saved.')).toBeVisible();

  await admin.getByRole('link', { name: 'Delete', exact: true }).click();
  await expect(admin.getByText('1 person loses what it grants')).toBeVisible();
  await admin.getByRole('button', { name: `Delete ${name}` }).click();
  await expect(admin.getByText('The group is deleted.')).toBeVisible();
});

test('without scripts: a person is archived, restored by Undo, archived again and restored on their page', async ({
  open,
}) => {
  const admin = await open('admin');
  const person = await welcome(admin, await open());
  const archive = async () => {
    await admin.getByRole('link', { name: 'Archive user' }).click();
    await admin.getByLabel('Reason').fill('Left');
    await admin.getByRole('button', { name: /^Archive Nora/ }).click();
    await expect(admin.getByText('This person is archived')).toBeVisible();
  };
  await findPerson(admin, person);
  await archive();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByText('This person is restored')).toBeVisible();
  await archive();
  await expect(admin.locator('main')).toContainText('Reason: Left');
  await admin.getByRole('link', { name: 'Restore', exact: true }).click();
  await admin.getByRole('button', { name: /^Restore Nora/ }).click();
  await expect(admin.getByText('This person is restored')).toBeVisible();
});
