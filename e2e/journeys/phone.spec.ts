import { expect, test } from '../support/test';

const phone = { width: 390, height: 844 };
// A4 without its margins.
const paper = { width: 688, height: 1000 };

test('on a phone a list can be sorted and its rows selected', async ({ open }) => {
  const page = await open('admin');
  await page.setViewportSize(phone);
  await page.goto('/users?size=25');
  await page.getByText('Sorted by Created').click();
  await page.getByRole('list', { name: 'Sort by' }).getByRole('link', { name: 'Name' }).click();
  await expect(page).toHaveURL(/sort=name&direction=asc/);
  await page.getByText('Sorted by Name').click();
  await page.getByRole('list', { name: 'Sort by' }).getByRole('link', { name: /^Name/ }).click();
  await expect(page).toHaveURL(/sort=name&direction=desc/);
  await expect(page.locator('thead a').first()).toBeHidden();

  await page.goto('/invitations?size=25');
  const all = page.getByRole('checkbox', { name: 'Select every row on this page' });
  await all.check();
  await expect(page.getByText(/^\d+ selected$/).last()).toBeVisible();
  const first = page.getByRole('checkbox', { name: /^Select / }).nth(1);
  await expect(first).toBeChecked();
  await first.uncheck();
  await expect(all).not.toBeChecked();
});

test('a list prints as a table without cut text', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/users?size=25');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(paper);
  await expect(page.locator('thead').getByText('Status')).toBeVisible();
  await expect(page.getByText('Sorted by Created')).toBeHidden();
  const row = page.locator('tbody tr').first();
  expect(await row.evaluate((element) => getComputedStyle(element).display)).toBe('table-row');
  const cut = await page
    .locator('tbody :is(th, td) *')
    .evaluateAll((all) =>
      all.filter((each) => getComputedStyle(each).textOverflow === 'ellipsis' && each.scrollWidth > each.clientWidth),
    );
  expect(cut).toHaveLength(0);
});
