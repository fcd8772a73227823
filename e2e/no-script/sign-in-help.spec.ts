import { findPerson, goodPassword, signIn, welcome } from '../support/people';
import { expect, test } from '../support/test';

// Once in all suites: a source may fail 20 times an hour, and here everybody has the same address.
test('without scripts: a locked sign-in is on the person’s page, and Unlock ends it', async ({ open }) => {
  const admin = await open('admin');
  const person = await welcome(admin, await open());
  const visitor = await open();
  for (let n = 0; n < 5; n += 1) {
    await visitor.goto('/sign-in');
    await signIn(visitor, person.email, `wrong password number ${n}`);
    await expect(visitor).toHaveURL(/error=1/);
  }
  await signIn(visitor, person.email, goodPassword);
  await expect(visitor).toHaveURL(/error=1/);

  await admin.goto('/users');
  await findPerson(admin, person);
  const lock = admin.getByRole('status').filter({ hasText: 'Sign-in is locked until' });
  await expect(lock).toContainText('5 wrong passwords in a row');
  await lock.getByRole('button', { name: 'Unlock' }).click();
  await expect(admin.getByText('Sign-in is unlocked.')).toBeVisible();
  await expect(lock).toBeHidden();

  await visitor.goto('/sign-in');
  await signIn(visitor, person.email, goodPassword);
  await expect(visitor).toHaveURL(/\/account/);
});
