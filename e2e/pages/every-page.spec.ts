import { inspect, setWidth, watchShifts, widthsFor } from '../support/inspect';
import { type ListedPage, pages } from '../support/pages';
import { expect, type Page, test } from '../support/test';

test.use({ meetsRefusals: true });

for (const listed of pages) {
  test(`${listed.name}: no accessibility violation, no layout shift, no sideways scroll`, async ({ open }) => {
    const page = await open(listed.as);
    // Scripts draw refusals over an empty page, which counts as a shift.
    if (!listed.status) await watchShifts(page);
    const address = await addressOf(page, listed.at);
    for (const width of widthsFor(listed.name)) {
      await setWidth(page, width);
      const answer = await page.goto(address);
      expect(answer?.status()).toBe(listed.status ?? 200);
      await expect(page.locator('main')).toHaveCount(1);
      await expect(page.locator('h1, main h2').first()).toBeVisible();
      await inspect(page, listed.name, width);
    }
  });
}

async function addressOf(page: Page, at: ListedPage['at']): Promise<string> {
  if (typeof at === 'string') return at;
  await page.goto(at.firstOf);
  const href = await page
    .locator(at.link ?? 'tbody a')
    .first()
    .getAttribute('href');
  return `${href}${at.under ?? ''}`;
}
