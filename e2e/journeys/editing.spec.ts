import { findPerson, goodPassword, linkIn, openMail, signIn, welcome } from '../support/people';
import { alertOn, expect, test } from '../support/test';

test('when two people edit one person, the second sees who changed what and chooses', async ({ open }) => {
  const ada = await open('admin');
  const grace = await open('secondAdmin');
  const person = await welcome(ada, await open(), 'Acme Corp');

  await test.step('both open the form, one of them with the e key', async () => {
    for (const page of [ada, grace]) await findPerson(page, person);
    await ada.keyboard.press('e');
    await grace.getByRole('link', { name: 'Edit' }).click();
    for (const page of [ada, grace]) await expect(page.getByLabel('Last name')).toHaveValue(person.lastName);
  });

  await test.step('a phone number without a country code is refused before the form is sent', async () => {
    await ada.getByLabel('Phone').fill('020 7946 0000');
    await ada.getByLabel('Extension').fill('12');
    await expect(ada.getByText('Start with a plus sign and the country code', { exact: false }).first()).toBeVisible();
    await ada.getByLabel('Phone').fill('+44 (0)20 7946 0000');
    await expect(ada.getByText('Start with a plus sign and the country code', { exact: false })).toHaveCount(0);
    await ada.getByLabel('Last name').fill('Adason');
    await ada.getByRole('button', { name: 'Save changes' }).click();
    await expect(ada.getByText('The profile was saved.')).toBeVisible();
    await expect(ada.getByText('+442079460000')).toBeVisible();
  });

  await test.step('the second editor sees the differences and keeps the typed values', async () => {
    await grace.getByLabel('First name').fill('Eleonora');
    await grace.getByLabel('Last name').fill('Graceson');
    await grace.getByRole('button', { name: 'Save changes' }).click();
    await expect(alertOn(grace)).toContainText('Nothing was saved yet');
    const notice = grace.getByRole('status').filter({ hasText: 'Saved while you were editing' });
    await expect(notice).toContainText(`Ada Lovelace changed Last name from ${person.lastName} to Adason just now.`);
    await expect(notice).toContainText('Ada Lovelace changed Phone from nothing to +442079460000 just now.');
    await expect(grace.getByLabel('First name')).toHaveValue('Eleonora');
    await expect(grace.getByLabel('Phone')).toHaveValue('+442079460000');
    await expect(grace.getByRole('radio', { name: /Graceson/ })).toBeChecked();
    await grace.getByRole('radio', { name: /Adason/ }).check();
    await grace.getByRole('button', { name: 'Save changes' }).click();
    await expect(grace.getByRole('heading', { level: 1, name: 'Eleonora Adason' })).toBeVisible();
    await expect(grace.getByText('+442079460000')).toBeVisible();
  });
});

test('an org admin changes an address, which takes effect only when the new address confirms it', async ({ open }) => {
  const admin = await open('acmeAdmin');
  const visitor = await open();
  const person = await welcome(admin, visitor);
  const moved = { ...person, email: `moved.${person.email}` };

  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Change address' }).click();
  await expect(admin.getByRole('radio')).toHaveCount(0);
  await admin.getByLabel('New email address').fill(moved.email);
  await admin.getByRole('button', { name: 'Send the link' }).click();
  await expect(admin.getByText('A link is on its way to the new address.')).toBeVisible();
  await expect(admin.getByText(`Waiting for ${moved.email} to confirm`)).toBeVisible();
  // The person is still signed in with the old address.
  await visitor.goto('/account');
  await expect(visitor.locator('main')).toContainText(person.email);

  const reader = await open();
  await openMail(reader, person.email, /A new address was requested/);
  await openMail(reader, moved.email, /Confirm your new address/);
  await linkIn(reader).click();
  await expect(reader.locator('main')).toContainText(moved.email);
  await reader.getByRole('button', { name: 'Confirm this address' }).click();
  await expect(reader.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();

  await visitor.goto('/account');
  await expect(visitor.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await signIn(visitor, moved.email, goodPassword);
  await expect(visitor.locator('main')).toContainText(moved.email);
  await openMail(reader, person.email, /address of your Rollcall account was changed/);
  await findPerson(admin, moved);
  await expect(admin.getByText('Waiting for', { exact: false })).toHaveCount(0);
});
