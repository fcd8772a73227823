import { findPerson, welcome } from '../support/people';
import { alertOn, expect, test } from '../support/test';

test('when two people edit one person, the second sees who changed what and chooses', async ({ open }) => {
  const ada = await open('admin');
  const grace = await open('secondAdmin');
  const person = await welcome(ada, await open(), 'Acme Corp');

  await test.step('both open the form, one of them with the e key', async () => {
    for (const page of [ada, grace]) await findPerson(page, person);
    await ada.keyboard.press('e');
    await grace.getByRole('link', { name: 'Edit', exact: true }).click();
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
    await expect(notice).toContainText('Ada Lovelace set Phone to +442079460000 just now.');
    await expect(grace.getByLabel('First name')).toHaveValue('Eleonora');
    await expect(grace.getByLabel('Phone')).toHaveValue('+442079460000');
    await expect(grace.getByRole('radio', { name: /Graceson/ })).toBeChecked();
    await grace.getByRole('radio', { name: /Adason/ }).check();
    await grace.getByRole('button', { name: 'Save changes' }).click();
    await expect(grace.getByRole('heading', { level: 1, name: 'Eleonora Adason' })).toBeVisible();
    await expect(grace.getByText('+442079460000')).toBeVisible();
  });
});
