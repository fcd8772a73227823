import { findPerson, welcome } from '../support/people';
import { expect, test } from '../support/test';

test('without scripts: a confirmation is a page, and its notice can undo the action', async ({ open }) => {
  const admin = await open('admin');
  const person = await welcome(admin, await open());
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Deactivate', exact: true }).click();
  await expect(admin.getByRole('heading', { level: 1, name: /^Deactivate Nora/ })).toBeVisible();
  await admin.getByLabel('Reason').fill('On leave');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByText('This person is deactivated')).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByText('This person can sign in again')).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByText('This person is deactivated')).toBeVisible();
  await expect(admin.locator('main')).toContainText('On leave');

  // Only the person who acted sees the notice, and Undo does nothing once somebody else has changed the status.
  const other = await open('secondAdmin');
  await other.goto(admin.url());
  await expect(other.getByRole('heading', { level: 1, name: /^Nora/ })).toBeVisible();
  await expect(other.getByText('This person is deactivated')).toHaveCount(0);
  await expect(other.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await other.getByRole('link', { name: 'Reactivate', exact: true }).click();
  await other.getByRole('button', { name: 'Reactivate' }).click();
  await expect(other.getByText('This person can sign in again')).toBeVisible();
  await admin.getByRole('button', { name: 'Undo' }).click();
  await expect(admin.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(admin.getByRole('link', { name: 'Deactivate', exact: true })).toBeVisible();
});
