import { mkdirSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const screens = path.resolve(import.meta.dirname, '../../test-results/screens');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const widths = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
// The lower half of a list of a hundred rows shows nothing new.
const tallest = 2200;

export type Width = keyof typeof widths;
type Theme = 'light' | 'dark';

const isThorough = process.env.INSPECT === 'all';

/** Both widths and themes in a thorough run; otherwise one of each, chosen by the name to cover them all. */
function chosenFor(name: string): { widths: Width[]; themes: Theme[] } {
  if (isThorough) return { widths: ['wide', 'phone'], themes: ['light', 'dark'] };
  const number = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return { widths: [number % 2 === 0 ? 'wide' : 'phone'], themes: [number % 4 < 2 ? 'light' : 'dark'] };
}

export const widthsFor = (name: string): Width[] => chosenFor(name).widths;

/** Records layout shifts from the first paint on. Must be called before the first page is opened. */
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
 * Checks the page for accessibility violations, layout shifts and sideways scrolling, and takes screenshots. A theme
 * changes only colours, so axe checks only contrast in the second one.
 */
export async function inspect(page: Page, name: string, width: Width) {
  for (const [n, theme] of chosenFor(name).themes.entries()) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const what = `${name}, ${width}, ${theme}`;
    if (n > 0) await expectNoViolation(axe(page).withRules(['color-contrast']), what);
    else {
      await expectNoSidewaysScroll(page);
      await expectNoViolation(axe(page).withTags(wcag), what);
      // After axe, which gives the page time to hydrate, and before screenshots, which resize the window.
      await expectNoShift(page);
    }
    await takeScreenshot(page, `${name}-${width}-${theme}`);
  }
}

/** Mails are shown in a frame without any permission. axe cannot run in it and would wait forever. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).exclude('iframe[sandbox=""]');
}

async function expectNoViolation(builder: AxeBuilder, what: string) {
  const { violations } = await builder.analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html}`));
  expect(found, what).toEqual([]);
}

/** `inspect` at its widths without reloading, for states that were reached by actions. */
export async function inspectState(page: Page, name: string) {
  for (const width of widthsFor(name)) {
    await setWidth(page, width);
    await inspect(page, name, width);
  }
  await setWidth(page, 'wide');
}

/** Pages that nobody watched report nothing. */
export async function expectNoShift(page: Page) {
  const moved = await page.evaluate(
    () => (window as { layoutShifts?: { value: number; what: string }[] }).layoutShifts,
  );
  const sum = (moved ?? []).reduce((total, { value }) => total + value, 0);
  expect(sum, `layout shift: ${JSON.stringify(moved)}`).toBeLessThan(0.001);
}

async function expectNoSidewaysScroll(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'pixels wider than the window').toBe(0);
}

async function takeScreenshot(page: Page, name: string) {
  mkdirSync(screens, { recursive: true });
  const [width, height] = await page.evaluate(() => [innerWidth, document.documentElement.scrollHeight]);
  const clip = { x: 0, y: 0, width: width ?? 0, height: Math.min(height ?? 0, tallest) };
  await page.screenshot({ path: path.join(screens, `${name}.png`), fullPage: true, clip, animations: 'disabled' });
}
