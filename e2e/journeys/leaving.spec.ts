import { openAccountMenu } from '../support/people';
import { expect, type Page, test } from '../support/test';

/** Does what leads away and answers the question, which there must be. */
async function asked(page: Page, answer: 'stay' | 'leave', leave: () => Promise<unknown>) {
  let isAsked = false;
  page.once('dialog', async (dialog) => {
    isAsked = true;
    expect(dialog.message()).toContain('not saved');
    await (answer === 'leave' ? dialog.accept() : dialog.dismiss());
  });
  await leave();
  await expect.poll(() => isAsked).toBe(true);
}

async function openForm(page: Page, typed = 'Eleonora') {
  await page.goto('/users');
  await page.getByRole('link', { name: 'Invite person' }).click();
  await page.getByLabel('First name').fill(typed);
}

/** Still there, with what was typed. */
async function expectKept(page: Page) {
  await expect(page).toHaveURL(/\/users\/new$/);
  await expect(page.getByLabel('First name')).toHaveValue('Eleonora');
}

test('whatever leads away from a form asks first, and what was typed stays', async ({ open }) => {
  const page = await open('admin');
  await openForm(page);
  const ways: Record<string, () => Promise<unknown>> = {
    'a link': () => page.getByRole('link', { name: 'Invitations', exact: true }).click(),
    'keys in a row': async () => {
      // Letters are keys of the console only where nothing is typed into.
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
    'another form': () => page.getByLabel('Organization', { exact: false }).selectOption({ label: 'Acme Corp' }),
  };
  for (const [way, leave] of Object.entries(ways)) {
    await test.step(way, async () => {
      await asked(page, 'stay', leave);
      await expectKept(page);
    });
  }

  await test.step('the choice that was not made does not stand there', async () => {
    await expect(page.getByLabel('Organization', { exact: false }).locator('option:checked')).toHaveText(/platform/);
  });

  await test.step('whoever says so leaves, and is asked once', async () => {
    await asked(page, 'leave', () => page.evaluate(() => history.back()));
    await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  });
});

test('what was only looked at, or came back with errors, is not saved', async ({ open }) => {
  const page = await open('admin');
  await openForm(page);
  await page.getByRole('button', { name: 'Add this person' }).click();
  await expect(page.locator('main').getByRole('alert')).toBeVisible();
  await asked(page, 'stay', () => page.getByRole('link', { name: 'Cancel', exact: true }).click());
  await page.getByLabel('Email', { exact: true }).fill('eleonora@newcomers.example');
  await page.getByLabel('Last name').fill('Previewed');
  await page.getByRole('button', { name: 'Preview the email' }).click();
  await expect(page.getByRole('heading', { name: 'Preview: nothing was sent' })).toBeVisible();
  await asked(page, 'stay', () => page.getByRole('link', { name: 'Cancel', exact: true }).click());
  await expectKept(page);
});

test('a form nobody typed into is left without a question', async ({ open }) => {
  const page = await open('admin');
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void dialog.accept();
  });
  await page.goto('/users');
  await page.getByRole('link', { name: 'Invite person' }).click();
  await expect(page.getByLabel('First name')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  expect(questions).toEqual([]);
});
