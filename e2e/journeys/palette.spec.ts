import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/test';

test('the palette finds pages, actions and people from the keyboard', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/');
  const opener = page.getByRole('link', { name: /^Find anything/ });
  await expect(opener).toBeVisible();

  await test.step('a page', async () => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Find anything' });
    await expect(palette.getByRole('combobox')).toBeFocused();
    await expect(palette.getByRole('option', { name: 'Audit log' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await page.keyboard.type('audit');
    await expect(palette.getByRole('option', { selected: true })).toHaveText('Audit log');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/audit$/);
    await expect(palette).toBeHidden();
  });

  await test.step('a person', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox')).toBeFocused();
    await page.keyboard.type('grace hop');
    // The only remaining option is selected automatically.
    await expect(page.getByRole('option', { selected: true })).toHaveText(/Grace Hopper/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Grace Hopper' })).toBeVisible();
  });

  await test.step('an action of the page, also by another word for it', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('group', { name: 'On this page' }).getByRole('option', { name: 'Edit' })).toBeVisible();
    await page.keyboard.type('suspend');
    await expect(page.getByRole('option', { selected: true })).toHaveText('Deactivate');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/deactivation$/);
    await page.goBack();
  });

  await test.step('Escape closes it', async () => {
    await opener.click();
    await expect(page.getByRole('dialog', { name: 'Find anything' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Find anything' })).toBeHidden();
    await expect(opener).toBeFocused();
  });
});
