import AxeBuilder from '@axe-core/playwright';
import { findPerson, invite, newcomer, welcome } from '../support/people';
import { chooseInRowMenu } from '../support/table';
import { expect, type Page, test } from '../support/test';

const dialogOf = (page: Page, name: RegExp) => page.getByRole('dialog', { name });

test('a confirmation opens over the list, and the notice afterwards offers Undo', async ({ open }) => {
  const admin = await open('admin');
  const person = await welcome(admin, await open());
  const list = `/users?q=${encodeURIComponent(person.email)}&size=25`;
  await admin.goto(list);
  const dialog = dialogOf(admin, new RegExp(`Deactivate Nora ${person.lastName}`));

  await test.step('Escape, Back and both buttons close the dialog and return to the list', async () => {
    const ways = {
      'the Escape key': () => admin.keyboard.press('Escape'),
      'the browser’s Back': () => admin.evaluate(() => history.back()),
      'the close button': () => dialog.getByRole('button', { name: 'Close' }).click(),
      'the Cancel button': () => dialog.getByRole('button', { name: 'Cancel' }).click(),
    };
    for (const [way, close] of Object.entries(ways)) {
      await chooseInRowMenu(admin, 'Deactivate');
      await expect(dialog, way).toBeVisible();
      await expect(admin).toHaveURL(/\/deactivation$/);
      await expect(admin).toHaveTitle(/^Deactivate/);
      expect(await admin.evaluate(() => Boolean(document.activeElement?.closest('dialog'))), way).toBe(true);
      await close();
      await expect(dialog, way).toBeHidden();
      await expect(admin, way).toHaveURL(new RegExp(`${list.replaceAll(/[?.]/g, '\\$&')}$`));
      await expect(admin.locator('tbody tr')).toHaveCount(1);
    }
  });

  await test.step('closing the dialog asks before it discards typed text', async () => {
    await chooseInRowMenu(admin, 'Deactivate');
    await dialog.getByLabel('Reason').fill('On leave');
    await admin.keyboard.press('Escape');
    await dialogOf(admin, /^Leave this page/)
      .getByRole('button', { name: 'Keep editing' })
      .click();
    await expect(dialog.getByLabel('Reason')).toHaveValue('On leave');
    const { violations } = await new AxeBuilder({ page: admin }).include('dialog[open]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  await test.step('the list shows the notice, and Undo works in both directions', async () => {
    await dialog.getByLabel('Last day').fill('2099-12-31');
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await expect(dialog).toBeHidden();
    const notice = admin.getByRole('status').filter({ hasText: 'This person is deactivated' });
    await expect(notice).toBeVisible();
    await expect(admin).toHaveURL(/\/users\?q=.*size=25.*notice=user\.deactivated/);
    await expect(admin.locator('tbody tr').first()).toContainText('Inactive');

    await notice.getByRole('button', { name: 'Undo' }).click();
    await expect(admin.getByText('This person can sign in again')).toBeVisible();
    await expect(admin.locator('tbody tr').first()).toContainText('Active');
    await admin.getByRole('button', { name: 'Undo' }).click();
    await expect(admin.getByText('This person is deactivated')).toBeVisible();
  });

  await test.step('the dialog reopened without a reload offers Reactivate, and Undo keeps the reason', async () => {
    await chooseInRowMenu(admin, 'Reactivate');
    await dialogOf(admin, /^Reactivate Nora/)
      .getByRole('button', { name: 'Reactivate' })
      .click();
    await expect(admin.getByText('This person can sign in again')).toBeVisible();
    await expect(admin.getByRole('dialog')).toBeHidden();
    await expect(admin).toHaveURL(/\/users\?q=.*notice=user\.reactivated/);
    await admin.getByRole('button', { name: 'Undo' }).click();
    await expect(admin.getByText('This person is deactivated')).toBeVisible();
    await findPerson(admin, person);
    await expect(admin.locator('main')).toContainText('On leave');
  });

  await test.step('the dialog becomes a page after a reload', async () => {
    await admin.getByRole('link', { name: 'Reactivate', exact: true }).click();
    await expect(dialogOf(admin, /^Reactivate Nora/)).toBeVisible();
    await admin.reload();
    await expect(admin.getByRole('heading', { level: 1, name: /^Reactivate Nora/ })).toBeVisible();
    await expect(admin.getByRole('dialog')).toBeHidden();
    await admin.getByRole('button', { name: 'Reactivate' }).click();
    await expect(admin.getByText('This person can sign in again')).toBeVisible();
    await expect(admin.getByRole('heading', { level: 1, name: new RegExp(person.lastName) })).toBeVisible();
  });
});

test.describe('when the person has left the organization in the meantime', () => {
  test.use({ meetsRefusals: true });

  test('the dialog says that there is nothing here', async ({ open }) => {
    const admin = await open('admin');
    const orgAdmin = await open('acmeAdmin');
    const person = await welcome(admin, await open(), 'Acme Corp');
    await orgAdmin.goto(`/users?q=${encodeURIComponent(person.email)}`);
    await findPerson(admin, person);
    await admin.getByRole('link', { name: 'Access', exact: true }).click();
    await admin.getByRole('link', { name: 'End membership in Acme Corp' }).click();
    await dialogOf(admin, /^End the membership of Nora/)
      .getByRole('button', { name: 'End membership' })
      .click();
    await expect(admin.getByText('The membership has ended.')).toBeVisible();
    await chooseInRowMenu(orgAdmin, 'Deactivate');
    await expect(dialogOf(orgAdmin, /^Nothing here$/)).toContainText('There is nothing here');
    await orgAdmin.keyboard.press('Escape');
    await expect(orgAdmin.locator('tbody tr')).toHaveCount(1);
  });
});

test('an invitation is resent and cancelled at once from the menu of its row', async ({ open }) => {
  const admin = await open('admin');
  const person = newcomer();
  await invite(admin, person);
  await admin.goto(`/invitations?q=${encodeURIComponent(person.email)}`);
  await chooseInRowMenu(admin, 'Resend invitation');
  await expect(admin.getByText('A new invitation is on its way.')).toBeVisible();
  await chooseInRowMenu(admin, 'Cancel invitation');
  await expect(admin.getByText('The invitation was cancelled.')).toBeVisible();
  await expect(admin).toHaveURL(/\/invitations\?q=.*notice=invitation\.cancelled/);
});
