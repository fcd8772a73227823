import { findPerson, type Newcomer, openMail } from './people';
import { expect, type Page } from './test';

const roleBox = (page: Page, role: RegExp) => page.getByRole('checkbox', { name: role });

async function openAccess(admin: Page, person: Newcomer) {
  await findPerson(admin, person);
  await admin.getByRole('link', { name: 'Access', exact: true }).click();
  await expect(admin.getByRole('heading', { name: 'Organizations' })).toBeVisible();
}

/** Adds an existing person to an organization by its name; ends on their access page. */
export async function addToOrganization(admin: Page, person: Newcomer, organization: string, role: RegExp) {
  await openAccess(admin, person);
  await admin.getByRole('link', { name: 'Add to an organization' }).click();
  await admin.getByLabel('Find an organization').fill(organization.slice(1, 6));
  await admin.getByRole('button', { name: 'Search', exact: true }).click();
  await admin.getByRole('link', { name: `Choose ${organization}` }).click();
  await roleBox(admin, role).check();
  await admin.getByRole('button', { name: `Add to ${organization}` }).click();
  await expect(admin.getByText('This person is a member now.')).toBeVisible();
}

/**
 * An admin adds a person to an organization, changes their roles there and ends the membership. Each change takes
 * effect at the person's next click, in the same session.
 */
export async function membershipStory(admin: Page, visitor: Page, person: Newcomer) {
  await addToOrganization(admin, person, 'Harbor House', /^Viewer/);
  await openMail(visitor, person.email, /You were added to Harbor House/);
  await visitor.goto('/users');
  await expect(visitor.getByText('This page is not open to you')).toBeVisible();

  await admin.getByRole('link', { name: 'Change roles in Harbor House' }).click();
  await expect(roleBox(admin, /^Viewer/)).toBeChecked();
  await roleBox(admin, /^Org Admin/).check();
  await admin.getByRole('button', { name: 'Save roles' }).click();
  await expect(admin.getByText('The roles were changed.')).toBeVisible();
  await visitor.goto(`/users?q=${person.email}`);
  await expect(visitor.locator('tbody')).toContainText(person.email);

  await admin.getByRole('link', { name: 'End membership in Harbor House' }).click();
  await expect(admin.getByText('They lose their roles there: Org Admin, Viewer.')).toBeVisible();
  await expect(admin.getByText('This is their last organization.')).toBeVisible();
  await admin.getByRole('button', { name: 'End membership' }).click();
  await expect(admin.getByText('In no organization.')).toBeVisible();
  await visitor.goto('/users');
  await expect(visitor.getByText('This page is not open to you')).toBeVisible();

  await admin.getByRole('link', { name: 'Change platform roles' }).click();
  await roleBox(admin, /^Auditor/).check();
  await admin.getByRole('button', { name: 'Save roles' }).click();
  await expect(admin.getByText('The whole platform', { exact: true })).toBeVisible();
  await visitor.goto('/audit');
  await expect(visitor.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible();
}
