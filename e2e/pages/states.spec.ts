import { confirm, messyFile, review, upload, verdictTab } from '../support/imports';
import { inspect, inspectState, setWidth } from '../support/inspect';
import {
  addWithInitialPassword,
  fillInvitation,
  goodPassword,
  invite,
  linkIn,
  newcomer,
  openAccountMenu,
  openMail,
  signIn,
  welcome,
} from '../support/people';
import { chooseInRowMenu, openPanel, openRowMenu } from '../support/table';
import { alertOn, expect, test } from '../support/test';

test('an invitation: errors, preview, sent, activation', async ({ open }) => {
  const admin = await open('admin');
  await admin.goto('/users/new');
  await admin.getByRole('button', { name: 'Send invitation' }).click();
  await expect(alertOn(admin)).toBeVisible();
  await inspectState(admin, 'add-person-errors');

  const person = newcomer();
  await fillInvitation(admin, person);
  await admin.getByRole('button', { name: 'Preview the email' }).click();
  await expect(admin.getByText('Preview: nothing was sent')).toBeVisible();
  // Scrolled to the preview, the header of the frame may cover half of a choice.
  await admin.evaluate('window.scrollTo(0, 0)');
  await inspectState(admin, 'add-person-preview');

  await invite(admin, person, 'Acme Corp');
  await inspectState(admin, 'invitation-sent');

  const visitor = await open();
  await openMail(visitor, person.email, /invited you/);
  await linkIn(visitor).click();
  await expect(visitor.getByRole('button', { name: 'Set up my account' })).toBeVisible();
  await inspectState(visitor, 'activate');
  await visitor.getByLabel('Password', { exact: true }).fill('short');
  await visitor.getByRole('button', { name: 'Set up my account' }).click();
  await expect(alertOn(visitor)).toBeVisible();
  await inspectState(visitor, 'activate-errors');
});

test('a bulk action on invitations: selection, review, list, receipt', async ({ open }) => {
  const admin = await open('secondAdmin');
  const person = newcomer();
  await invite(admin, person, 'Acme Corp');
  await admin.goto(`/invitations?q=${encodeURIComponent(person.email)}`);
  await admin.locator('tbody input[type="checkbox"]').check();
  await inspectState(admin, 'invitations-chosen');
  await admin.getByRole('button', { name: 'Cancel 1 invitation' }).click();
  await expect(admin.getByRole('button', { name: 'Keep invitations' })).toBeVisible();
  await admin.goto('/invitations');
  await inspectState(admin, 'invitations-own-changes');
  await admin.getByRole('link', { name: 'Review it' }).first().click();
  await admin.getByRole('button', { name: 'Cancel 1 invitation' }).click();
  await expect(admin.getByText('1 invitation was cancelled')).toBeVisible({ timeout: 30_000 });
  await inspectState(admin, 'bulk-receipt');
});

test('an initial password and the required change', async ({ open }) => {
  const admin = await open('admin');
  const person = newcomer();
  await addWithInitialPassword(admin, person);
  const initial = (await admin.locator('output').textContent()) ?? '';
  await inspectState(admin, 'initial-password');
  const visitor = await open();
  await visitor.goto('/sign-in');
  await signIn(visitor, person.email, initial);
  await expect(visitor.getByRole('heading', { name: 'Choose a password of your own' })).toBeVisible();
  await inspectState(visitor, 'must-change-password');
  await visitor.getByLabel('Current password').fill(initial);
  await visitor.getByLabel('New password').fill(goodPassword);
  await visitor.getByRole('button', { name: 'Change password' }).click();
  await visitor.goto('/forgot-password');
  await visitor.getByLabel('Email address').fill(person.email);
  await visitor.getByRole('button', { name: 'Send the link' }).click();
  await openMail(visitor, person.email, /Choose a new password/);
  await linkIn(visitor).click();
  await expect(visitor.getByRole('button', { name: 'Set the password' })).toBeVisible();
  await inspectState(visitor, 'reset-password');
});

test('an import: columns, review by verdict, receipt, list', async ({ open }) => {
  const admin = await open('secondAdmin');
  const { file } = await messyFile();
  await upload(admin, file);
  await inspectState(admin, 'import-columns');
  await review(admin);
  await inspectState(admin, 'import-review');
  await verdictTab(admin, 'Error').click();
  await expect(verdictTab(admin, 'Error')).toHaveAttribute('aria-current', 'page');
  await inspectState(admin, 'import-review-errors');
  await confirm(admin);
  await inspectState(admin, 'import-receipt');
  await admin.goto('/imports');
  await inspectState(admin, 'imports');
});

test('menus and dialogs: filters, columns, row menu, account, keys, navigation on a phone', async ({ open }) => {
  const admin = await open('admin');
  await admin.goto('/users?q=whitfield');
  for (const [name, button] of Object.entries({ filter: 'Status', columns: 'Columns' })) {
    await openPanel(admin, button);
    await inspectState(admin, `open-${name}`);
    await admin.keyboard.press('Escape');
  }
  await openRowMenu(admin);
  await inspectState(admin, 'open-row-menu');
  await admin.keyboard.press('Escape');
  await openAccountMenu(admin);
  await inspectState(admin, 'open-account');
  await admin.keyboard.press('Escape');
  await admin.keyboard.press('?');
  await expect(admin.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await inspectState(admin, 'open-keys');
  await admin.keyboard.press('Escape');
  await admin.setViewportSize({ width: 390, height: 844 });
  await admin.locator('summary[aria-label="Navigation"]').click();
  await inspectState(admin, 'open-navigation');
});

test.describe('when a page fails in the browser', () => {
  test.use({ provokes: /keys are out of order|Minified React error|^page: / });

  test('an error page leads back', async ({ open }) => {
    const admin = await open('admin');
    await admin.addInitScript(() => {
      const listen = document.addEventListener.bind(document);
      document.addEventListener = (type: string, ...rest: [EventListener]) => {
        if (type === 'keydown') throw new Error('keys are out of order');
        listen(type, ...rest);
      };
    });
    await admin.goto('/users');
    await expect(admin.getByText('Something went wrong on our side')).toBeVisible();
    await inspectState(admin, 'error');
  });
});

test('a confirmation over the page of its invitation', async ({ open }) => {
  const admin = await open('admin');
  await invite(admin, newcomer());
  await admin.getByRole('link', { name: 'Cancel invitation' }).click();
  await expect(admin.getByRole('dialog')).toBeVisible();
  await inspectState(admin, 'invitation-cancellation-dialog');
});

test('a notice over the list after a deactivation', async ({ open }) => {
  const admin = await open('admin');
  const person = await welcome(admin, await open());
  await admin.goto(`/users?size=25&q=${person.email}`);
  await chooseInRowMenu(admin, 'Deactivate');
  await admin.getByRole('button', { name: 'Deactivate' }).click();
  await expect(admin.getByRole('button', { name: 'Undo' })).toBeVisible();
  await inspectState(admin, 'user-deactivated-notice');
});

test('the sort menu of a list on a phone', async ({ open }) => {
  const admin = await open('admin');
  await setWidth(admin, 'phone');
  await admin.goto('/users?size=25');
  await admin.getByText('Sorted by Created').click();
  await inspect(admin, 'list-order', 'phone');
});
