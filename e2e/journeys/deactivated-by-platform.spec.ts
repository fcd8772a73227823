import { findPerson, welcome } from '../support/people';
import { expect, test } from '../support/test';

test('what the platform deactivated, an org admin sees, but neither undoes nor reads the reason', async ({ open }) => {
  const admin = await open('admin');
  const orgAdmin = await open('acmeAdmin');
  const person = await welcome(orgAdmin, await open());
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Deactivate', exact: true }).click();
  await admin.getByLabel('Reason').fill('Under inquiry');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByText('Reason: Under inquiry')).toBeVisible();

  await findPerson(orgAdmin, person);
  const address = orgAdmin.url();
  await expect(orgAdmin.getByText('was deactivated by the platform', { exact: false })).toBeVisible();
  await expect(orgAdmin.getByRole('button', { name: 'Reactivate' })).toBeDisabled();
  await expect(orgAdmin.getByText('Only a System Admin can reactivate', { exact: false })).toBeVisible();
  await expect(orgAdmin.getByRole('link', { name: 'Edit', exact: true })).toBeVisible();
  for (const path of ['', '/history', '/deactivation']) {
    await orgAdmin.goto(`${address}${path}`);
    await expect(orgAdmin.locator('main')).toContainText(path === '/history' ? 'Deactivated' : 'by the platform');
    await expect(orgAdmin.locator('main')).not.toContainText('Under inquiry');
  }
});
