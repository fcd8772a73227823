import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { unique } from './people';

const fixture = path.resolve(import.meta.dirname, '../../tests/fixtures/csv/messy-people.csv');

export type Upload = { name: string; mimeType: string; buffer: Buffer };

export function csv(name: string, text: string): Upload {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text) };
}

/** The messy file with its own people. Only the domain differs, so the verdicts are those of the fixture. */
export async function messyFile(): Promise<{ file: Upload; domain: string; text: string }> {
  const domain = `messy-${unique()}.example`;
  const text = (await readFile(fixture, 'utf8'))
    .replaceAll('@example.com', `@${domain}`)
    .replaceAll('@Example.COM', `@${domain.toUpperCase()}`);
  return { file: csv('messy-people.csv', text), domain, text };
}

/** Rows of the messy file by verdict; tests/fixtures and the unit tests explain each row. */
export const messyVerdicts = { Create: 7, Conflict: 1, Error: 8, 'Not allowed': 1 };

/** Uploads a file and ends on its columns. */
export async function upload(page: Page, file: Upload) {
  await page.goto('/imports/new');
  await page.getByLabel('CSV file').setInputFiles(file);
  await page.getByRole('button', { name: 'Upload and choose columns' }).click();
  await expect(page.getByRole('heading', { level: 1, name: file.name })).toBeVisible();
}

/** Checks every row with the guessed columns and ends on the review. Without scripts the page reloads itself. */
export async function review(page: Page) {
  await page.getByRole('button', { name: 'Check every row' }).click();
  await expect(page.getByText('Ready for review')).toBeVisible({ timeout: 30_000 });
}

export async function confirm(page: Page) {
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible({ timeout: 30_000 });
}

export function verdictTab(page: Page, verdict: string) {
  return page
    .getByRole('navigation', { name: 'Rows by verdict' })
    .getByRole('link', { name: new RegExp(`^${verdict}`) });
}

/** The rows under the open tab; the columns have a separate table. */
export function rowsOf(page: Page) {
  return page.getByRole('region', { name: 'Rows of the file' });
}
