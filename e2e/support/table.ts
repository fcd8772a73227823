import { expect, type Page } from '@playwright/test';
import { whenItListens } from './listening';

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
