import { inspectState } from '../support/inspect';
import { addWithInitialPassword, findPerson, linkIn, newcomer, openMail, welcome } from '../support/people';
import { alertOn, expect, test } from '../support/test';

test('editing: errors, a conflict, a pending address and its confirmation', async ({ open }) => {
  const admin = await open('admin');
  const other = await open('secondAdmin');
  const reader = await open();
  const person = await welcome(admin, await open(), 'Acme Corp');
  for (const page of [admin, other]) {
    await findPerson(page, person);
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
  }
  await admin.getByLabel('Phone').fill('020');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(alertOn(admin)).toBeVisible();
  await inspectState(admin, 'user-edit-errors');

  await admin.getByLabel('Phone').fill('+442079460000');
  await admin.getByLabel('Last name').fill('Adason');
  await admin.getByRole('button', { name: 'Save changes' }).click();
  await expect(admin.getByText('The profile was saved.')).toBeVisible();
  await other.getByLabel('Last name').fill('Graceson');
  await other.getByRole('button', { name: 'Save changes' }).click();
  await expect(other.getByText('Saved while you were editing')).toBeVisible();
  await inspectState(other, 'user-edit-conflict');

  const moved = `moved.${person.email}`;
  await admin.getByRole('link', { name: 'Change address' }).click();
  await admin.getByLabel('New email address').fill(moved);
  await admin.getByRole('button', { name: 'Change address' }).click();
  await expect(admin.getByText(`Waiting for ${moved} to confirm`)).toBeVisible();
  await inspectState(admin, 'user-email-waiting');
  await admin.getByRole('link', { name: 'Resend the link or drop it' }).click();
  await expect(admin.getByText('Waiting for confirmation')).toBeVisible();
  await inspectState(admin, 'user-email-pending');

  await openMail(reader, moved, /Confirm your new address/);
  await linkIn(reader).click();
  const confirm = reader.getByRole('button', { name: 'Confirm this address' });
  await expect(confirm).toBeVisible();
  await inspectState(reader, 'confirm-email');
  await confirm.click();
  await expect(reader.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await inspectState(reader, 'confirm-email-done');
});

test('a change of address that waits for the current address, on every page that shows it', async ({ open }) => {
  const admin = await open('acmeAdmin');
  const visitor = await open();
  const reader = await open();
  const person = await welcome(admin, visitor);
  const wanted = `waiting.${person.email}`;
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Change address' }).click();
  await inspectState(admin, 'user-email-consent');
  await admin.getByLabel('New email address').fill(wanted);
  await admin.getByRole('button', { name: 'Send the link' }).click();
  await openMail(reader, wanted, /Confirm your new address/);
  await linkIn(reader).click();
  await reader.getByRole('button', { name: 'Confirm this address' }).click();
  await expect(reader.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await inspectState(reader, 'confirm-email-consent');
  await findPerson(admin, person);
  await inspectState(admin, 'user-email-consent-waiting');
  await admin.getByRole('link', { name: 'Drop the new address' }).click();
  await inspectState(admin, 'user-email-consent-pending');
  await visitor.goto('/account/email');
  await inspectState(visitor, 'account-email-consent-pending');
  await openMail(reader, person.email, /changes soon/);
  await linkIn(reader).click();
  await inspectState(reader, 'email-change');
  await reader.getByRole('button', { name: 'Stop the change' }).click();
  await expect(reader.getByRole('heading', { name: 'Nothing was changed' })).toBeVisible();
  await inspectState(reader, 'email-change-ended');
});

test('a person whom the platform deactivated, as an org admin sees them', async ({ open }) => {
  const admin = await open('admin');
  const orgAdmin = await open('acmeAdmin');
  const person = await welcome(orgAdmin, await open());
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Deactivate', exact: true }).click();
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await findPerson(orgAdmin, person);
  await inspectState(orgAdmin, 'user-deactivated-by-platform');
});

test('an initial password on the page of its person', async ({ open }) => {
  const admin = await open('admin');
  const person = newcomer();
  await addWithInitialPassword(admin, person);
  await expect(admin.getByText('It works until', { exact: false })).toBeVisible();
  await findPerson(admin, person);
  await inspectState(admin, 'user-initial-password');
});
