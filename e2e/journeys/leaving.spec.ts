import { chooseOrganization, openAccountMenu } from '../support/people';
import { expect, type Page, test } from '../support/test';

/** Leaves the form and answers the question, which must appear. */
async function leaveAndAnswer(page: Page, answer: 'stay' | 'leave', leave: () => Promise<unknown>) {
  await leave();
  const question = page.getByRole('dialog', { name: 'Leave this page?' });
  await expect(question).toContainText('not saved');
  await question.getByRole('button', { name: answer === 'leave' ? 'Leave without saving' : 'Keep editing' }).click();
  await expect(question).toHaveCount(0);
}

async function openForm(page: Page, typed = 'Eleonora') {
  await page.goto('/users');
  await page.getByRole('link', { name: 'Add user' }).click();
  await page.getByLabel('First name').fill(typed);
}

async function expectKept(page: Page) {
  await expect(page).toHaveURL(/\/users\/new$/);
  await expect(page.getByLabel('First name')).toHaveValue('Eleonora');
}

test('every way to leave a form asks first and keeps what was typed', async ({ open }) => {
  const page = await open('admin');
  await openForm(page);
  const ways: Record<string, () => Promise<unknown>> = {
    'a link': () => page.getByRole('link', { name: 'Invitations', exact: true }).click(),
    'keys in a row': async () => {
      // Single keys work only outside of text fields.
      await page.getByRole('checkbox', { name: /^Auditor/ }).focus();
      await page.keyboard.press('g');
      await page.keyboard.press('u');
    },
    'the palette': async () => {
      await page.getByLabel('First name').press('Control+k');
      await page.getByRole('combobox', { name: 'Find anything' }).fill('audit');
      await page.keyboard.press('Enter');
    },
    'the browser’s Back': () => page.evaluate(() => history.back()),
    'signing out': async () => {
      await openAccountMenu(page);
      await page.getByRole('button', { name: 'Sign out' }).click();
    },
  };
  for (const [way, leave] of Object.entries(ways)) {
    await test.step(way, async () => {
      await leaveAndAnswer(page, 'stay', leave);
      await expectKept(page);
    });
  }

  await test.step('accepting leaves the form after one question', async () => {
    await leaveAndAnswer(page, 'leave', () => page.evaluate(() => history.back()));
    await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  });
});

test('a form that was previewed or came back with errors still asks before it is left', async ({ open }) => {
  const page = await open('admin');
  await openForm(page);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.locator('main').getByRole('alert')).toBeVisible();
  await leaveAndAnswer(page, 'stay', () => page.getByRole('link', { name: 'Cancel', exact: true }).click());
  await page.getByLabel('Email', { exact: true }).fill('eleonora@newcomers.example');
  await page.getByLabel('Last name').fill('Previewed');
  await page.getByRole('button', { name: 'Preview the email' }).click();
  await expect(page.getByRole('heading', { name: 'Preview: nothing was sent' })).toBeVisible();
  await leaveAndAnswer(page, 'stay', () => page.getByRole('link', { name: 'Cancel', exact: true }).click());
  await expectKept(page);
});

test('a form without typed text can be left without a question', async ({ open }) => {
  const page = await open('admin');
  await page.goto('/users');
  await page.getByRole('link', { name: 'Add user' }).click();
  await expect(page.getByLabel('First name')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('choosing an organization asks nothing and keeps what was typed', async ({ open }) => {
  const page = await open('admin');
  await openForm(page);
  await page.getByLabel('Welcome message').fill('Glad you are here.');
  await chooseOrganization(page, 'Acme Corp');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByLabel('First name')).toHaveValue('Eleonora');
  await expect(page.getByLabel('Welcome message')).toHaveValue('Glad you are here.');
  await page.getByLabel('First name').press('Enter');
  await expect(page.locator('main').getByRole('alert')).toBeVisible();
  await expect(page.getByRole('group', { name: /^Roles in Acme Corp/ })).toBeVisible();
  await leaveAndAnswer(page, 'stay', () => page.getByRole('link', { name: 'Invitations', exact: true }).click());
  await expect(page.getByLabel('First name')).toHaveValue('Eleonora');
});
