import { expect, type Page } from '@playwright/test';
import { confirm, csv, review, upload } from './imports';
import { activate, chooseOrganization, fillInvitation, invite, linkIn, newcomer, openMail, unique } from './people';

const place = 'Studio Lumière';

/** An organization of its own, because its emails of the hour are used up afterwards. More than two hours of them. */
const people = 250;

/** An org admin imports more people than may be invited in an hour, and sees everywhere what leaves later. */
export async function quotaStory(admin: Page, visitor: Page, orgAdmin: Page) {
  const boss = newcomer();
  await admin.goto('/users/new');
  await chooseOrganization(admin, place);
  await fillInvitation(admin, boss);
  await admin.getByRole('checkbox', { name: /^Org Admin/ }).check();
  await admin.getByRole('button', { name: 'Send invitation' }).click();
  await openMail(orgAdmin, boss.email, /invited you/);
  await linkIn(orgAdmin).click();
  await activate(orgAdmin);

  const domain = `quota-${unique()}.example`;
  const rows = Array.from({ length: people }, (_, n) => `person${n}@${domain}`);
  await upload(orgAdmin, csv('many.csv', ['email', ...rows].join('\n')));
  await review(orgAdmin);
  await expect(orgAdmin.locator('main')).toContainText('as soon as the organization may send more emails');
  await confirm(orgAdmin);
  await expect(orgAdmin.locator('main')).toContainText(/Emails that wait.*The last leaves at/s);

  const late = newcomer();
  await orgAdmin.goto('/users/new');
  await fillInvitation(orgAdmin, late);
  await orgAdmin.getByRole('button', { name: 'Send invitation' }).click();
  await expect(orgAdmin.getByText('so it leaves later: see below')).toBeVisible();
  await expect(orgAdmin.getByText(/^Leaves at /).first()).toBeVisible();
  await expect(orgAdmin.getByRole('button', { name: 'Resend invitation' })).toBeDisabled();
  await expect(orgAdmin.locator('main')).toContainText('has used up its emails for now. Try again at');
  const invitation = new URL(orgAdmin.url()).pathname;
  for (const list of [`/invitations?q=${late.email}`, `/emails?to=${late.email}`]) {
    await orgAdmin.goto(list);
    await expect(orgAdmin.locator('tbody')).toContainText('Leaves at ');
  }

  // Another organization does not wait, and a System Admin sends at once.
  await invite(admin, newcomer(), 'Harbor House');
  await admin.goto(invitation);
  await admin.getByRole('button', { name: 'Resend invitation' }).click();
  await expect(admin.getByText('A new invitation is on its way.')).toBeVisible();
  await openMail(visitor, late.email, /invited you to Studio Lumière/);
}
