import { findPerson, linkIn, openMail, signIn, welcome } from '../support/people';
import { expect, test } from '../support/test';

test('an admin sends a password reset, and never sees its link', async ({ open }) => {
  const admin = await open('admin');
  const person = await welcome(admin, await open());
  await admin.goto('/users');
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Send password reset' }).click();
  const dialog = admin.getByRole('dialog', { name: /^Send password reset to Nora/ });
  await expect(dialog).toContainText(person.email);
  await dialog.getByRole('button', { name: 'Send password reset' }).click();
  await expect(admin.getByText('A link to choose a new password is on its way')).toBeVisible();
  expect(await admin.content()).not.toContain('/reset-password/');

  const visitor = await open();
  await openMail(visitor, person.email, /^Choose a new password/);
  await linkIn(visitor).click();
  await visitor.getByLabel('New password').fill('nine amber lanterns swing');
  await visitor
    .getByRole('button', { name: /password/i })
    .last()
    .click();
  await expect(visitor.getByText('Your new password is set.')).toBeVisible();
  await signIn(visitor, person.email, 'nine amber lanterns swing');
  await expect(visitor).toHaveURL(/\/account/);
});
