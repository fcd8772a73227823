import { findPerson, linkIn, openMail, welcome } from '../support/people';
import { alertOn, expect, test } from '../support/test';

test('without scripts: edit a person, resolve a conflict, change the address with its link', async ({ open }) => {
  const ada = await open('admin');
  const grace = await open('secondAdmin');
  const person = await welcome(ada, await open());
  const moved = `moved.${person.email}`;
  for (const page of [ada, grace]) {
    await findPerson(page, person);
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
  }
  await ada.getByLabel('Extension').fill('12a');
  await ada.getByRole('button', { name: 'Save changes' }).click();
  await expect(alertOn(ada)).toContainText('Use only digits here');
  await ada.getByLabel('Extension').fill('12');
  await ada.getByLabel('Last name').fill('Adason');
  await ada.getByRole('button', { name: 'Save changes' }).click();
  await expect(ada.getByText('The profile was saved.')).toBeVisible();

  await grace.getByLabel('Last name').fill('Graceson');
  await grace.getByRole('button', { name: 'Save changes' }).click();
  await expect(grace.getByText(`Ada Lovelace changed Last name from ${person.lastName} to Adason`)).toBeVisible();
  await expect(grace.getByLabel('Extension')).toHaveValue('12');
  await expect(grace.getByRole('radio', { name: /Graceson/ })).toBeChecked();
  await grace.getByRole('button', { name: 'Save changes' }).click();
  await expect(grace.getByRole('heading', { level: 1, name: /Graceson/ })).toBeVisible();

  await grace.getByRole('link', { name: 'Change address' }).click();
  await grace.getByLabel('New email address').fill(moved);
  await grace.getByRole('button', { name: 'Change address' }).click();
  await expect(grace.getByText(`Waiting for ${moved} to confirm`)).toBeVisible();
  const reader = await open();
  await openMail(reader, moved, /Confirm your new address/);
  await linkIn(reader).click();
  await reader.getByRole('button', { name: 'Confirm this address' }).click();
  await expect(reader.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
});

test('without scripts: the current address agrees to a new one, and stops another', async ({ open }) => {
  const admin = await open('acmeAdmin');
  const reader = await open();
  const person = await welcome(admin, await open());
  const ask = async (wanted: string) => {
    await findPerson(admin, person);
    await admin.getByRole('link', { name: 'Change address' }).click();
    await admin.getByLabel('New email address').fill(wanted);
    await admin.getByRole('button', { name: 'Send the link' }).click();
    await expect(admin.getByText(`Waiting for ${wanted} to confirm`)).toBeVisible();
  };
  await ask(`first.${person.email}`);
  await openMail(reader, person.email, /A new address was requested/);
  await linkIn(reader).click();
  await reader.getByRole('button', { name: 'Stop the change' }).click();
  await expect(reader.getByRole('heading', { name: 'Nothing was changed' })).toBeVisible();

  await ask(`second.${person.email}`);
  await openMail(reader, person.email, /A new address was requested/, 2);
  await linkIn(reader).click();
  await reader.getByRole('button', { name: 'Agree to the change' }).click();
  await expect(reader.getByText('You have agreed.', { exact: false })).toBeVisible();
  await openMail(reader, `second.${person.email}`, /Confirm your new address/);
  await linkIn(reader).click();
  await reader.getByRole('button', { name: 'Confirm this address' }).click();
  await expect(reader.getByText('From now on, sign in with')).toBeVisible();
});
