import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';

/** The data folder of the server under test, with the sign-ins of its demo people and their sessions. */
export const worldFolder = path.resolve(import.meta.dirname, '../../.data/e2e');

/** The demo people of the suites. Preferences are stored per person, so tests that set some use a separate person. */
export const cast = {
  admin: 'ada@rollcall.example',
  secondAdmin: 'grace@rollcall.example',
  auditor: 'auditor@rollcall.example',
  acmeAdmin: 'admin@acme.example',
  harborAdmin: 'admin@harborhouse.example',
  member: 'member@acme.example',
} as const;

export type Role = keyof typeof cast;

export function demoPassword(): string {
  const { password } = JSON.parse(readFileSync(path.join(worldFolder, 'demo.json'), 'utf8')) as { password: string };
  return password;
}

export function sessionFile(role: Role): string {
  return path.join(worldFolder, 'sessions', `${role}.json`);
}

/** Different for every test and run, so that no test finds the people of another. */
export function unique(): string {
  return randomBytes(5).toString('hex');
}

export type Newcomer = { email: string; firstName: string; lastName: string };

export function newcomer(): Newcomer {
  const mark = unique();
  // Letters only, because search matches any part of a name.
  const lastName = `Q${[...mark].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('')}`;
  return { email: `nora.${mark}@newcomers.example`, firstName: 'Nora', lastName };
}

export const goodPassword = 'seven lanterns over the harbour';

export async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function openAccountMenu(page: Page) {
  await page.locator('summary', { hasText: 'Your account' }).click();
}

export async function signOut(page: Page) {
  await openAccountMenu(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  // It leads to the sign-in page they used: the general one or that of their organization.
  await expect(page).toHaveURL(/\/(sign-in|o\/[a-z-]+)\?notice=session\.ended$/);
}

export async function fillInvitation(page: Page, { email, firstName, lastName }: Newcomer) {
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('First name').fill(firstName);
  await page.getByLabel('Last name').fill(lastName);
}

/** Ends where the password is shown once. */
export async function addWithInitialPassword(page: Page, person: Newcomer) {
  await page.goto('/users/new');
  await fillInvitation(page, person);
  await page.getByRole('radio', { name: 'Make an initial password' }).check();
  await page.getByRole('button', { name: 'Create user' }).click();
}

/** Invites a person as whoever is signed in on this page; ends on the invitation. */
export async function invite(page: Page, person: Newcomer, organization?: string) {
  await page.goto('/users/new');
  if (organization) await chooseOrganization(page, organization);
  await fillInvitation(page, person);
  // Without a role the person could do nothing in the organization.
  if (organization)
    await page
      .getByRole('group', { name: /^Roles/ })
      .getByRole('checkbox', { name: /^Viewer/ })
      .check();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText('The invitation is on its way.')).toBeVisible();
}

/** With scripts the form follows the choice; without them there is a button. */
export async function chooseOrganization(page: Page, name: string) {
  await page.getByLabel('Organization', { exact: false }).selectOption({ label: name });
  const button = page.getByRole('button', { name: 'Show its roles' });
  if (await button.isVisible()) await button.click();
  await expect(page.getByRole('group', { name: `Roles in ${name}` })).toBeVisible();
}

/** Opens the newest mail to an address in the mailbox, once at least `count` have arrived. */
export async function openMail(page: Page, address: string, subject: RegExp, count = 1) {
  const mails = page.getByRole('row').filter({ hasText: subject });
  await expect(async () => {
    await page.goto(`/mailbox?to=${encodeURIComponent(address)}`);
    expect(await mails.count()).toBeGreaterThanOrEqual(count);
  }).toPass({ timeout: 30_000, intervals: [200, 300, 500] });
  await mails.first().getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
}

export function linkIn(page: Page) {
  return page
    .locator('main a')
    .and(
      page.locator(
        '[href*="/activate/"], [href*="/reset-password/"], [href*="/confirm-email/"], [href*="/email-change/"]',
      ),
    )
    .first();
}

/** Sets up the account whose invitation is open on this page. */
export async function activate(page: Page, password = goodPassword) {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Set up my account' }).click();
  await expect(page.getByText('Your account is active and you are signed in.')).toBeVisible();
}

/** Invites a person as `admin` and activates their account on `visitor`. */
export async function welcome(admin: Page, visitor: Page, organization?: string): Promise<Newcomer> {
  const person = newcomer();
  await invite(admin, person, organization);
  await openMail(visitor, person.email, /invited you/);
  await linkIn(visitor).click();
  await activate(visitor);
  return person;
}

export async function findPerson(page: Page, { email, lastName }: Newcomer) {
  await page.goto(`/users?q=${encodeURIComponent(email)}`);
  await page
    .locator('tbody th')
    .getByRole('link', { name: new RegExp(lastName) })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(lastName) })).toBeVisible();
}
