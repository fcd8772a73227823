import { openAccountMenu } from '../support/people';
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
  await page.getByText('Columns', { exact: true }).first().click();
  await page.getByRole('checkbox', { name: 'Phone' }).check();
  await page.getByRole('button', { name: 'Save columns' }).click();
  await expect(header).toBeVisible();
  await expect(page).toHaveURL(/status=active/);
  const elsewhere = await open('secondAdmin');
  await elsewhere.goto('/users');
  await expect(elsewhere.getByRole('columnheader', { name: 'Phone' })).toBeVisible();
  await expect(elsewhere.getByRole('columnheader', { name: 'Status' })).toBeVisible();
});

test('with every column on, no time runs into the next column', async ({ open }) => {
  const page = await open('secondAdmin');
  await page.setViewportSize({ width: 1024, height: 800 });
  await page.goto('/users?sort=lastActivity&direction=desc');
  await page.getByText('Columns', { exact: true }).first().click();
  for (const box of await page.locator('input[name=columns]:enabled').all()) await box.check();
  await page.getByRole('button', { name: 'Save columns' }).click();
  await expect(page.getByText('within the hour').first()).toBeVisible();
  const beyond = await page.locator('td time').evaluateAll((times) => {
    const right = (element: Element | null) => element?.getBoundingClientRect().right ?? 0;
    return times.filter((time) => right(time) > right(time.closest('td'))).map((time) => time.textContent);
  });
  expect(beyond).toEqual([]);
});
