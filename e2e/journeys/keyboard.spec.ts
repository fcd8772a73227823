import { newcomer, openMail } from '../support/people';
import { expect, type Page, test } from '../support/test';

/** Presses Tab until the wanted control has the focus. Every stop on the way must show its focus. */
async function tabTo(page: Page, name: RegExp, most = 60) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus);
    expect(stop.isMarked, `the focus is visible on ${stop.name}`).toBe(true);
    if (name.test(stop.name)) return;
  }
  throw new Error(`Tab does not reach ${name}.`);
}

/** The name of the focused element, and whether an outline or a ring marks it. Runs in the page. */
function describeFocus() {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement)) return { name: '', isMarked: false };
  const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : '';
  // biome-ignore lint/performance/useDomNodeTextContent: a button can hold words that are not shown
  const name = element.getAttribute('aria-label') ?? (label || element.innerText) ?? '';
  // A link that fills a whole cell has its outline on the pseudo-element that covers the cell.
  const marked = [
    getComputedStyle(element),
    getComputedStyle(element, '::after'),
    getComputedStyle(element.closest('label') ?? element),
  ];
  const isMarked = marked.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none');
  return { name: name.trim(), isMarked: isMarked || element === document.body };
}

test('a person can be found and another invited without a mouse', async ({ open }) => {
  const page = await open('admin');
  const person = newcomer();
  await page.goto('/');

  await test.step('skip to the content', async () => {
    await tabTo(page, /^Skip to content$/, 1);
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toBeFocused();
  });

  await test.step('? lists the keys, g u opens the users, / focuses the search', async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: 'Search people' })).toBeFocused();
    await page.keyboard.type('whitf');
    await expect(page).toHaveURL(/q=whitf/);
    await expect(page.locator('tbody tr').first()).toContainText('Whitfield');
  });

  await test.step('filter by status', async () => {
    await tabTo(page, /^Status$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Active$/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Show matches$/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/status=active/);
  });

  await test.step('fill in the invitation and send it', async () => {
    await page.goto('/users');
    await tabTo(page, /^Add user$/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Add user' })).toBeVisible();
    await tabTo(page, /^Email$/);
    await page.keyboard.type(person.email);
    await tabTo(page, /^First name$/);
    await page.keyboard.type(person.firstName);
    await tabTo(page, /^Last name$/);
    await page.keyboard.type(person.lastName);
    await tabTo(page, /^Auditor/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Send invitation$/);
    await page.keyboard.press('Enter');
    await expect(page.getByText('The invitation is on its way.')).toBeVisible();
  });
  await openMail(await open(), person.email, /invited you/);
});

test('a menu returns the focus when it closes', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/users?q=whitfield&status=active');
  await tabTo(page, /^Actions for /, 80);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'View' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Actions for / }).first()).toBeFocused();
});

test('single keys can be turned off', async ({ open }) => {
  const page = await open('secondAdmin');
  await page.goto('/users');
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Use these keys' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search people' })).not.toBeFocused();

  // The account stores the choice, and other tests press keys as the same person.
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('checkbox', { name: 'Use these keys' }).check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search people' })).toBeFocused();
});
