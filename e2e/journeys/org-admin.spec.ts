import { cast, invite, newcomer } from '../support/people';
import { expect, test } from '../support/test';

test.use({ meetsRefusals: true });

test('an org admin sees their own organization and nothing of the others', async ({ open }) => {
  const admin = await open('admin');
  const foreign = newcomer();
  await invite(admin, foreign, 'Harbor House');
  const foreignInvitation = new URL(admin.url()).pathname;
  await admin.goto(`/users?q=${cast.harborAdmin}`);
  const foreignPerson = (await admin.locator('tbody a').first().getAttribute('href')) ?? '';

  const page = await open('acmeAdmin');
  const own = newcomer();
  await invite(page, own);

  await test.step('people', async () => {
    await page.goto('/users?q=harborhouse');
    await expect(page.getByText('Nobody matches')).toBeVisible();
    await page.goto('/users?size=100');
    await expect(page.locator('tbody')).toContainText('@acme.example');
    expect(await page.locator('tbody').textContent()).not.toMatch(
      /harborhouse\.example|lumiere\.example|rollcall\.example/,
    );
    await page.goto(foreignPerson);
    await expect(page.getByText('There is nothing here')).toBeVisible();
  });
  await test.step('invitations', async () => {
    await page.goto('/invitations');
    await expect(page.locator('tbody')).toContainText(own.email);
    await page.goto(`/invitations?q=${foreign.email}&show=all`);
    await expect(page.getByText('No invitation matches')).toBeVisible();
    await page.goto(foreignInvitation);
    await expect(page.getByText('There is nothing here')).toBeVisible();
  });
  await test.step('organizations', async () => {
    await page.goto('/organizations');
    await expect(page.locator('main')).toContainText('Acme Corp');
    await expect(page.locator('main')).not.toContainText('Harbor House');
    await page.goto('/organizations/harbor-house');
    await expect(page.getByText('There is nothing here')).toBeVisible();
  });
  await test.step('audit log', async () => {
    await page.goto('/audit');
    await expect(page.locator('tbody')).toContainText('Acme Corp');
    await expect(page.locator('tbody')).not.toContainText('Harbor House');
    await page.goto('/audit?organization=harbor-house');
    await expect(page.getByText('No event matches')).toBeVisible();
  });
});

test('a page outside of a person’s roles is neither linked nor opened', async ({ open }) => {
  const page = await open('auditor');
  await page.goto('/users');
  await expect(page.getByRole('link', { name: 'Add user' })).toHaveCount(0);
  const answer = await page.goto('/users/new');
  expect(answer?.status()).toBe(403);
  await expect(page.getByText('This page is not open to you')).toBeVisible();
});
