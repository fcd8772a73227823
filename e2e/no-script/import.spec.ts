import { confirm, messyFile, messyVerdicts, review, rowsOf, upload, verdictTab } from '../support/imports';
import { expect, test } from '../support/test';

test('without scripts: a file is uploaded, reviewed and imported, with a receipt', async ({ open }) => {
  const admin = await open('secondAdmin');
  const { file, domain } = await messyFile();
  await upload(admin, file);
  await review(admin);
  for (const [verdict, count] of Object.entries(messyVerdicts)) {
    await expect(verdictTab(admin, verdict)).toContainText(String(count));
  }
  await verdictTab(admin, 'Error').click();
  await expect(rowsOf(admin)).toContainText('There is no role “wizard”.');
  await confirm(admin);
  await expect(admin.getByText('7 people were added or updated.')).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Download 10 failed rows' })).toBeVisible();
  await admin.goto(`/users?q=${domain}`);
  await expect(admin.locator('tbody tr')).toHaveCount(7);
});
