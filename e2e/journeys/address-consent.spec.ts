import { findPerson, goodPassword, linkIn, type Newcomer, openMail, signIn, welcome } from '../support/people';
import { expect, type Page, test } from '../support/test';

/** An org admin asks for a new address, and the new address confirms it. */
async function askAndConfirm(admin: Page, reader: Page, person: Newcomer, wanted: string) {
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Change address' }).click();
  await expect(admin.getByText('The current address is asked too.', { exact: false })).toBeVisible();
  await admin.getByLabel('New email address').fill(wanted);
  await admin.getByRole('button', { name: 'Send the link' }).click();
  await expect(admin.getByText(`Waiting for ${wanted} to confirm`)).toBeVisible();
  await openMail(reader, wanted, /Confirm your new address/);
  await linkIn(reader).click();
  await expect(reader.getByText('It can also stop the change.', { exact: false })).toBeVisible();
  await reader.getByRole('button', { name: 'Confirm this address' }).click();
  await expect(reader.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await expect(reader.locator('main')).toContainText('until that address agrees');
}

test('the current address stops an org admin’s change of address', async ({ open }) => {
  const admin = await open('acmeAdmin');
  const visitor = await open();
  const reader = await open();
  const person = await welcome(admin, visitor);
  const wanted = `taken.${person.email}`;
  await askAndConfirm(admin, reader, person, wanted);

  await test.step('everybody sees what waits, and the person still signs in as before', async () => {
    await findPerson(admin, person);
    await expect(admin.getByText(`${wanted} has confirmed and replaces this address on`)).toBeVisible();
    await admin.getByRole('link', { name: 'Drop the new address' }).click();
    await expect(admin.getByText('Waiting for the current address')).toBeVisible();
    await expect(admin.getByRole('button', { name: 'Resend the link' })).toHaveCount(0);
    await visitor.goto('/account');
    await visitor.getByRole('link', { name: 'see when, or stop it' }).click();
    await expect(visitor.getByText('Requested by', { exact: false })).toBeVisible();
    await expect(visitor.getByRole('button', { name: 'Drop this address' })).toBeVisible();
  });

  await test.step('the mail to the current address leads to a page that stops it', async () => {
    await openMail(reader, person.email, /changes soon, unless you stop it/);
    await linkIn(reader).click();
    await expect(reader.getByRole('heading', { name: 'A new address for your account' })).toBeVisible();
    await expect(reader.getByRole('button', { name: 'Agree to the change' })).toBeVisible();
    await reader.getByRole('button', { name: 'Stop the change' }).click();
    await expect(reader.getByRole('heading', { name: 'Nothing was changed' })).toBeVisible();
  });

  await findPerson(admin, person);
  await expect(admin.getByText(wanted)).toHaveCount(0);
  await visitor.goto('/account');
  await expect(visitor.locator('main')).toContainText(person.email);
});

test('the current address agrees, and the change takes effect at once', async ({ open }) => {
  const admin = await open('acmeAdmin');
  const visitor = await open();
  const reader = await open();
  const person = await welcome(admin, visitor);
  const moved = { ...person, email: `moved.${person.email}` };
  await askAndConfirm(admin, reader, person, moved.email);

  await openMail(reader, person.email, /changes soon, unless you stop it/);
  await linkIn(reader).click();
  await reader.getByRole('button', { name: 'Agree to the change' }).click();
  await expect(reader.getByRole('heading', { name: 'The address was changed' })).toBeVisible();

  // The old session ended.
  await visitor.goto('/account');
  await expect(visitor.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await signIn(visitor, moved.email, goodPassword);
  await expect(visitor.locator('main')).toContainText(moved.email);
  await openMail(reader, person.email, /address of your Rollcall account was changed/);
  await findPerson(admin, moved);
});
