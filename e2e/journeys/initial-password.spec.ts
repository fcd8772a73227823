import { addWithInitialPassword, findPerson, goodPassword, newcomer, signIn } from '../support/people';
import { expect, test } from '../support/test';

test('an initial password is shown with its end, and the person’s page says that it waits', async ({ open }) => {
  const admin = await open('admin');
  const person = newcomer();
  await addWithInitialPassword(admin, person);
  const password = (await admin.locator('output').textContent()) ?? '';
  await expect(admin.getByText('It works until', { exact: false })).toBeVisible();
  await findPerson(admin, person);
  await expect(admin.getByText('Initial password, not changed yet')).toBeVisible();
  await expect(admin.getByText('It works until', { exact: false })).toBeVisible();
  await expect(admin.getByText('Not confirmed')).toBeVisible();

  const visitor = await open();
  await visitor.goto('/sign-in');
  await signIn(visitor, person.email, password);
  await visitor.getByLabel('Current password').fill(password);
  await visitor.getByLabel('New password', { exact: true }).fill(goodPassword);
  await visitor
    .getByRole('button', { name: /password/i })
    .last()
    .click();
  await expect(visitor.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible();
  await findPerson(admin, person);
  await expect(admin.getByText('Initial password, not changed yet')).toHaveCount(0);
  await expect(admin.getByText('Not confirmed')).toBeVisible();
});

test('an org admin is not offered to set passwords', async ({ open }) => {
  const admin = await open('acmeAdmin');
  await admin.goto('/users/new');
  await expect(admin.getByRole('button', { name: 'Send invitation' })).toBeVisible();
  await expect(admin.getByRole('radio', { name: 'Make an initial password' })).toHaveCount(0);
});
