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
type Theme = 'light' | 'dark';

const isThorough = process.env.INSPECT === 'all';

/** Both widths and themes when everything is asked for; otherwise one of each, by the name, so that each meets some page. */
function chosenFor(name: string): { widths: Width[]; themes: Theme[] } {
  if (isThorough) return { widths: ['wide', 'phone'], themes: ['light', 'dark'] };
  const number = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return { widths: [number % 2 === 0 ? 'wide' : 'phone'], themes: [number % 4 < 2 ? 'light' : 'dark'] };
}

/** The widths in which this page is to be inspected. */
export const widthsFor = (name: string): Width[] => chosenFor(name).widths;

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

/**
 * The page as it is: no barrier that axe knows, nothing that moved or is wider than the window; pictures for people. A
 * theme changes colours only, so in the second one axe checks contrast alone.
 */
export async function inspect(page: Page, name: string, width: Width) {
  for (const [n, theme] of chosenFor(name).themes.entries()) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const what = `${name}, ${width}, ${theme}`;
    if (n > 0) await expectNoBarrier(axe(page).withRules(['color-contrast']), what);
    else {
      await expectNoSidewaysScroll(page);
      await expectNoBarrier(axe(page).withTags(wcag), what);
      // After axe, whose work gives the page the time to come alive, and before pictures, which resize the window.
      await expectNoShift(page);
    }
    await photograph(page, `${name}-${width}-${theme}`);
  }
}

/** A mail is shown in a frame without any right: not even axe may run in it, and waits for it in vain. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).exclude('iframe[sandbox=""]');
}

async function expectNoBarrier(builder: AxeBuilder, what: string) {
  const { violations } = await builder.analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html}`));
  expect(found, what).toEqual([]);
}

/** `inspect` at its widths without loading again: for what was reached by doing something. */
export async function inspectState(page: Page, name: string) {
  for (const width of widthsFor(name)) {
    await setWidth(page, width);
    await inspect(page, name, width);
  }
  await setWidth(page, 'wide');
}

/** Where nobody watched, nothing was seen. A thousandth is what a browser may round to. */
async function expectNoShift(page: Page) {
  const moved = await page.evaluate(
    () => (window as { layoutShifts?: { value: number; what: string }[] }).layoutShifts,
  );
  const sum = (moved ?? []).reduce((total, { value }) => total + value, 0);
  expect(sum, `layout shift: ${JSON.stringify(moved)}`).toBeLessThan(0.001);
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
