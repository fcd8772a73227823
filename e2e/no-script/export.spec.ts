import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/test';

test('without scripts: a filtered list is exported as a file', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/users?status=inactive&sort=email');
  const first = (await page.locator('tbody tr').first().textContent()) ?? '';
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  await expect(page).toHaveURL(/\/users\/export\?status=inactive&sort=email/);
  await page.getByRole('checkbox', { name: 'Phone' }).uncheck();
  const begun = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export / }).click();
  const download = await begun;
  expect(download.suggestedFilename()).toMatch(/^rollcall-users-.*\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
  const fields = 'email,first_name,last_name,status,roles,organization,pending_roles,pending_organization,last_sign_in';
  expect(lines[0]).toBe(`\ufeff${fields}`);
  expect(first).toContain(lines[1]?.split(',')[0]);
  expect(lines.slice(1, -1).every((line) => line.includes(',inactive,'))).toBe(true);
  await expect(page.getByRole('heading', { name: 'Export people' })).toBeVisible();
});
