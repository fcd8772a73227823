import { readFile } from 'node:fs/promises';
import { confirm, csv, messyFile, messyVerdicts, review, rowsOf, upload, verdictTab } from '../support/imports';
import { openMail } from '../support/people';
import { alertOn, expect, test } from '../support/test';

test('a messy file is uploaded, reviewed, imported, corrected and uploaded again', async ({ open }) => {
  const admin = await open('admin');
  const { file, domain } = await messyFile();

  await test.step('the review shows a verdict for every row', async () => {
    await upload(admin, file);
    await review(admin);
    await expect(admin.getByText('Add 7 people. 10 rows are left alone.')).toBeVisible();
    for (const [verdict, count] of Object.entries(messyVerdicts)) {
      await verdictTab(admin, verdict).click();
      await expect(verdictTab(admin, verdict)).toHaveAttribute('aria-current', 'page');
      await expect(verdictTab(admin, verdict)).toContainText(String(count));
      await expect(rowsOf(admin).locator('tbody tr')).toHaveCount(count);
    }
    await expect(rowsOf(admin)).toContainText('A file cannot grant System Admin.');
    await verdictTab(admin, 'Conflict').click();
    await expect(rowsOf(admin)).toContainText('The same person as row 2, differing in the last name.');
    await verdictTab(admin, 'Create').click();
    const jane = rowsOf(admin)
      .locator('tbody tr')
      .filter({ hasText: `jane@${domain}` });
    await expect(jane).toContainText('Gets an invitation to Acme Corp as Org Admin');
  });

  await test.step('the receipt says what was done, and the invitations are sent', async () => {
    await confirm(admin);
    await expect(admin.getByText('7 people were added or updated.')).toBeVisible();
    await openMail(await open(), `quote@${domain}`, /invited you to Acme Corp/);
    await admin.goto(`/users?q=${domain}&status=invited`);
    await expect(admin.locator('tbody tr')).toHaveCount(7);
    await admin.goBack();
  });

  const failed = await test.step('the failed rows can be downloaded', async () => {
    const started = admin.waitForEvent('download');
    await admin.getByRole('button', { name: 'Download 10 failed rows' }).click();
    const text = await readFile(await (await started).path(), 'utf8');
    expect(text).toContain('not-an-email');
    expect(text).toContain('There is no role');
    return text;
  });

  await test.step('a corrected row of that file is imported', async () => {
    const [header, ...rows] = failed.split(/\r?\n/);
    const corrected = rows
      .filter((row) => row.includes('not-an-email'))
      .map((row) => row.replace('not-an-email', `corrected@${domain}`));
    await upload(admin, csv('corrected.csv', [header, ...corrected].join('\n')));
    await review(admin);
    await expect(admin.getByText(/^Add 1 person\./)).toBeVisible();
    await confirm(admin);
    await expect(admin.getByText('1 person was added or updated.')).toBeVisible();
  });

  await test.step('the same file again changes nothing', async () => {
    await upload(admin, file);
    await review(admin);
    await expect(admin.getByText('No row of this file changes anything.')).toBeVisible();
    await expect(verdictTab(admin, 'Unchanged')).toContainText('7');
    await expect(admin.getByRole('button', { name: /^Import \d/ })).toHaveCount(0);
    const discard = admin.getByRole('button', { name: 'Discard this import', exact: true });
    await expect(discard).toBeHidden();
    await admin.getByText('Discard this import…').click();
    await expect(admin.getByText('The file and its settings are deleted.')).toBeVisible();
    await discard.click();
    await expect(admin.getByText('This import was discarded')).toBeVisible();
  });
});

test('a file that cannot be read is refused with the reason', async ({ open }) => {
  const admin = await open('admin');
  await admin.goto('/imports/new');
  await admin.getByLabel('CSV file').setInputFiles(csv('empty.csv', ''));
  await admin.getByRole('button', { name: 'Upload and choose columns' }).click();
  await expect(alertOn(admin)).toBeVisible();
});
