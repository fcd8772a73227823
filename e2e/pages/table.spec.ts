import { expectNoShift, watchShifts } from '../support/inspect';
import {
  activate,
  chooseOrganization,
  fillInvitation,
  linkIn,
  type Newcomer,
  openMail,
  unique,
} from '../support/people';
import { openPanel, openRowMenu } from '../support/table';
import { expect, type Page, test } from '../support/test';
import { faultsOfTable } from '../support/texts';

const widths = [1440, 1280, 1024, 390];

/** As long as a name may be. */
const long = (length: number, word = 'Wolfeschlegelsteinhausenbergerdorff') =>
  word
    .repeat(length)
    .slice(0, length)
    .toLowerCase()
    .replace(/^./, (first) => first.toUpperCase());

function longNamed(): Newcomer {
  const email = `${long(50).toLowerCase()}.${unique()}@${'sub.'.repeat(25)}example`;
  return { email, firstName: long(50), lastName: long(50, 'Featherstonehaugh') };
}

/** Invites somebody with every role that the form offers. */
async function inviteWithEveryRole(page: Page, person: Newcomer, organization?: string) {
  await page.goto('/users/new');
  if (organization) await chooseOrganization(page, organization);
  await fillInvitation(page, person);
  for (const role of await page.locator('input[name=roles]:enabled').all()) await role.check();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText('The invitation is on its way.')).toBeVisible();
}

async function showEveryColumn(page: Page, density: 'Comfortable' | 'Compact') {
  await page.goto('/users?size=25');
  await openPanel(page, 'Columns');
  for (const box of await page.locator('input[name=columns]:enabled').all()) await box.check();
  await page.getByRole('radio', { name: `${density} rows` }).check();
  await page.getByRole('button', { name: 'Save columns' }).click();
  await expect(page.getByRole('columnheader', { name: 'Phone' })).toBeVisible();
  await expect(page.locator(`[data-density=${density.toLowerCase()}]`)).toBeVisible();
}

async function expectNoFaults(page: Page, list: string) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    expect(await faultsOfTable(page), `${list}, ${width} wide`).toEqual([]);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond, `${list}, ${width} wide: pixels beyond the window`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('no two texts of a list meet, with every column and the longest names', async ({ open }) => {
  const admin = await open('admin');
  // A new admin, because columns are remembered per person.
  const reader = await open();
  const person = longNamed();
  await inviteWithEveryRole(admin, person);
  await openMail(reader, person.email, /invited you/);
  await linkIn(reader).click();
  await activate(reader);

  const organization = `Z${unique()}${long(89)}`;
  await reader.goto('/organizations/new');
  await reader.getByLabel('Name', { exact: true }).fill(organization);
  await reader.getByRole('button', { name: 'Create organization' }).click();
  await expect(reader.getByText('The organization is created.')).toBeVisible();
  await inviteWithEveryRole(reader, longNamed(), organization);
  await reader.goto('/groups/new');
  await reader.getByLabel('Name', { exact: true }).fill(`Z${unique()}${long(89)}`);
  for (const role of await reader.locator('input[name=roles]:enabled').all()) await role.check();
  await reader.getByRole('button', { name: 'Create group' }).click();
  await expect(reader.getByText('The group is created.')).toBeVisible();

  for (const density of ['Comfortable', 'Compact'] as const) {
    await showEveryColumn(reader, density);
    await expectNoFaults(reader, `users, ${density}`);
  }
  const heights = await reader.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.clientHeight));
  expect(Math.max(...heights), 'compact is one line a row').toBeLessThan(40);
  for (const list of ['/invitations?show=all&size=25', '/audit', '/emails', '/organizations?q=z', '/groups?q=z']) {
    await reader.goto(list);
    await expectNoFaults(reader, list);
  }
});

test('a row leads to its record, and keys reach its menu and its form', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/users?q=whitfield&status=active');
  const name = page.locator('tbody th a').first();
  const record = (await name.getAttribute('href')) ?? '';
  const menu = await openRowMenu(page);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  const button = page.locator('tbody [aria-haspopup=menu]').first();
  await expect(button).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(menu.getByRole('menuitem', { name: 'View' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('menuitem', { name: 'Edit' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${record}/edit`);

  await page.goBack();
  await page.locator('tbody tr').first().locator('.c-status').click();
  await expect(page).toHaveURL(record);
  await page.goBack();
  await name.focus();
  await page.keyboard.press('e');
  await expect(page).toHaveURL(`${record}/edit`);
});

test('organizations and groups have the menu of their record, by what it is', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/organizations?status=active');
  const organizations = await openRowMenu(page);
  await expect(organizations.getByRole('menuitem')).toHaveText(['View', 'Its people', 'Edit', 'Deactivate']);
  await organizations.getByRole('menuitem', { name: 'Deactivate' }).click();
  await expect(page).toHaveURL(/\/organizations\/[^/]+\/deactivation$/);

  await page.goto('/groups');
  const groups = await openRowMenu(page);
  await expect(groups.getByRole('menuitem')).toHaveText(['View', 'Edit', 'Add or remove people', 'Delete']);
  await groups.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/groups\/[^/]+\/deletion$/);
});

for (const width of [1440, 390]) {
  test(`on a slow network nothing moves while a list arrives, ${width} wide`, async ({ open }) => {
    const page = await open('admin');
    await page.setViewportSize({ width, height: 900 });
    await watchShifts(page);
    // Styles, typeface and scripts are in the cache then, so the page could be painted while it arrives.
    await page.goto('/users?choose=organization');
    const network = await page.context().newCDPSession(page);
    // How much is there at the first paint differs from speed to speed.
    for (const kilobytes of [8, 15, 60]) {
      const slow = { offline: false, latency: 0, downloadThroughput: kilobytes * 1024, uploadThroughput: -1 };
      await network.send('Network.emulateNetworkConditions', slow);
      for (const list of ['/users?choose=organization', '/users?status=active', '/audit']) {
        await page.goto(list);
        await expectNoShift(page);
      }
    }
  });
}
