import { panelButton } from '../support/table';
import { expect, test } from '../support/test';

test('without scripts: search, filter, sort and page through people', async ({ open }) => {
  const page = await open('admin');
  const rows = page.locator('tbody tr');
  await page.goto('/users');

  await test.step('search', async () => {
    await page.getByRole('searchbox', { name: 'Search people' }).fill('grunwald');
    await page.getByRole('searchbox', { name: 'Search people' }).press('Enter');
    await expect(page).toHaveURL(/q=grunwald/);
    await expect(rows.first()).toContainText('Grünwald');
  });

  await test.step('filter, on top of the search', async () => {
    await panelButton(page, 'Status').click();
    await expect(page).toHaveURL(/choose=status/);
    const filter = page.getByRole('dialog', { name: 'Status' });
    await filter.getByRole('checkbox', { name: 'Inactive' }).check();
    await filter.getByRole('button', { name: 'Show matches' }).click();
    await expect(page).toHaveURL(/q=grunwald/);
    await expect(page).toHaveURL(/status=inactive/);
    for (const row of await rows.all()) await expect(row).toContainText('Inactive');
    await page.getByRole('link', { name: 'Clear search and filters' }).click();
    await expect(page).not.toHaveURL(/status=|q=/);
  });

  await test.step('sort', async () => {
    await page.goto('/users?status=active&size=25');
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click();
    await expect(page).toHaveURL(/sort=name/);
    await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', /ascending|descending/);
  });

  await test.step('next and previous page', async () => {
    const firstPage = await rows.allTextContents();
    const pages = page.getByRole('navigation', { name: 'Pages of this list' });
    await pages.getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL(/after=/);
    const secondPage = await rows.allTextContents();
    expect(secondPage.filter((row) => firstPage.includes(row))).toEqual([]);
    await pages.getByRole('link', { name: 'Previous' }).click();
    await expect(page).toHaveURL(/before=/);
    expect(await page.locator('tbody tr th').allTextContents()).toHaveLength(25);
    await expect(rows.first()).toContainText((firstPage[0] ?? '').slice(0, 12));
  });
});

test('without scripts: chosen columns are saved for the person', async ({ open }) => {
  const page = await open('harborAdmin');
  const header = page.getByRole('columnheader', { name: 'Phone' });
  await page.goto('/users');
  await expect(header).toHaveCount(0);
  await panelButton(page, 'Columns').click();
  await page.getByRole('checkbox', { name: 'Phone' }).check();
  await page.getByRole('button', { name: 'Save columns' }).click();
  await expect(header).toBeVisible();
  await page.goto('/users');
  await expect(header).toBeVisible();
});
