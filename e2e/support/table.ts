import { expect, type Locator, type Page } from '@playwright/test';

/** Opens the menu of the first row. All rows share one menu, which scripts fill for the row. */
export async function openRowMenu(page: Page) {
  const menu = page.getByRole('menu');
  const button = page.locator('tbody [aria-haspopup="menu"]').first();
  await whenItListens(button);
  await button.click();
  await expect(menu).toBeVisible();
  return menu;
}

export async function chooseInRowMenu(page: Page, item: RegExp | string) {
  const menu = await openRowMenu(page);
  await menu.getByRole('menuitem', { name: item }).click();
}

/** The button of a filter or of the column chooser. */
export function panelButton(page: Page, name: string) {
  return page.locator('main').getByRole('button', { name, exact: true });
}

/** Opens a filter or the column chooser. */
export async function openPanel(page: Page, name: string) {
  const button = panelButton(page, name);
  await whenItListens(button);
  await button.click();
  const panel = page.getByRole('dialog', { name, exact: true });
  await expect(panel).toBeVisible();
  return panel;
}

/** Until React has taken over the markup of the server, both are links to another page. */
async function whenItListens(button: Locator) {
  await expect
    .poll(() => button.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps'))))
    .toBe(true);
}
