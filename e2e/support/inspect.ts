import { mkdirSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const screens = path.resolve(import.meta.dirname, '../../test-results/screens');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const widths = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
// A list of a hundred rows tells nothing more in its lower half.
const tallest = 2200;

export type Width = keyof typeof widths;

/** Counts what moved by itself from the first paint on; wants to be called before the first page. */
export async function watchShifts(page: Page) {
  await page.addInitScript(() => {
    const moved: { value: number; what: string }[] = [];
    Object.assign(window, { layoutShifts: moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & Shift)[]) {
        if (entry.hadRecentInput) continue;
        moved.push({
          value: entry.value,
          what: entry.sources.map(({ node }) => node?.textContent?.slice(0, 80)).join(),
        });
      }
    }).observe({ type: 'layout-shift', buffered: true });
    type Shift = { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] };
  });
}

export async function setWidth(page: Page, width: Width) {
  await page.setViewportSize(widths[width]);
}

/** The page as it stands, in both themes: no barrier that axe knows, nothing beside the window; pictures for people. */
export async function inspect(page: Page, name: string, width: Width) {
  await expectNoSidewaysScroll(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await photograph(page, `${name}-${width}-${colorScheme}`);
    const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html}`));
    expect(found, `${name}, ${width}, ${colorScheme}`).toEqual([]);
  }
}

/** `inspect` at both widths without loading again: for what was reached by doing something. */
export async function inspectBothWidths(page: Page, name: string) {
  for (const width of Object.keys(widths) as Width[]) {
    await setWidth(page, width);
    await inspect(page, name, width);
  }
  await setWidth(page, 'wide');
}

/** Waits for the page to be alive, because what moves would move by then. */
export async function expectNoShift(page: Page) {
  await page.waitForLoadState('networkidle');
  const moved = await page.evaluate(
    () => (window as { layoutShifts?: { value: number; what: string }[] }).layoutShifts,
  );
  expect(moved, 'layout shifts').toEqual([]);
}

async function expectNoSidewaysScroll(page: Page) {
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beside, 'pixels beside the window').toBe(0);
}

async function photograph(page: Page, name: string) {
  mkdirSync(screens, { recursive: true });
  const [width, height] = await page.evaluate(() => [innerWidth, document.documentElement.scrollHeight]);
  const clip = { x: 0, y: 0, width: width ?? 0, height: Math.min(height ?? 0, tallest) };
  await page.screenshot({ path: path.join(screens, `${name}.png`), fullPage: true, clip, animations: 'disabled' });
}
