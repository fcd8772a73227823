import { openAccountMenu } from '../support/people';
import { openPanel } from '../support/table';
import { expect, test } from '../support/test';

test('the chosen theme stays after a reload', async ({ open }) => {
  const page = await open('auditor');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/users');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await openAccountMenu(page);
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ground()).toBe(dark);
  await openAccountMenu(page);
  await page.getByRole('radio', { name: 'System' }).check({ force: true });
  expect(await ground()).toBe(light);
});

test('chosen columns are saved for the person', async ({ open }) => {
  const page = await open('secondAdmin');
  const header = page.getByRole('columnheader', { name: 'Phone' });
  await page.goto('/users?status=active');
  await expect(header).toHaveCount(0);
  await openPanel(page, 'Columns');
  await page.getByRole('checkbox', { name: 'Phone' }).check();
  await page.getByRole('button', { name: 'Save columns' }).click();
  await expect(header).toBeVisible();
  await expect(page).toHaveURL(/status=active/);
  const elsewhere = await open('secondAdmin');
  await elsewhere.goto('/users');
  await expect(elsewhere.getByRole('columnheader', { name: 'Phone' })).toBeVisible();
  await expect(elsewhere.getByRole('columnheader', { name: 'Status' })).toBeVisible();
});
