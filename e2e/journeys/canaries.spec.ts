import { readFileSync } from 'node:fs';
import path from 'node:path';
import { request } from '@playwright/test';
import pg from 'pg';
import { csv, review, upload } from '../support/imports';
import { activate, invite, linkIn, newcomer, openMail, unique, worldFolder } from '../support/people';
import { expect, test } from '../support/test';

// ASVS 16.2.5: secrets are not logged, and what is logged of a person is an id.
test.use({ meetsRefusals: true });

const read = (...names: string[]) => readFileSync(path.join(worldFolder, ...names), 'utf8');

async function query(text: string): Promise<string> {
  const { port } = JSON.parse(read('database.json')) as { port: number };
  const { rollcall_owner: password } = JSON.parse(read('postgres-passwords.json')) as { rollcall_owner: string };
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'rollcall_owner', password, database: 'rollcall' });
  await client.connect();
  try {
    return JSON.stringify((await client.query(text)).rows);
  } finally {
    await client.end();
  }
}

test('links, searches, passwords and cookies are in no log, no job and no audit event; people are ids there', async ({
  open,
  baseURL,
}) => {
  const origin = String(baseURL);
  const mark = unique();
  const search = `search${mark}`;
  const password = `lantern ${mark} harbour seven`;
  const stranger = `stranger-${mark}@leak.example`;
  const person = newcomer();
  const secrets = new Map([
    ['a search', search],
    ['a password', password],
  ]);
  const people = [stranger, person.email, person.lastName, `csv-${mark}`];
  const errorPages: string[] = [];
  const admin = await open('admin');
  const visitor = await open();
  const member = await open('member');

  /** Sends what a page of another site, or a broken program, would send to this link. */
  const attack = async (link: string) => {
    const context = await request.newContext({ baseURL: origin, storageState: await visitor.context().storageState() });
    const form = { email: stranger, password };
    const ways: Record<string, string>[] = [
      { origin: `https://${search}.example` },
      { origin, 'content-encoding': 'gzip' },
    ];
    for (const headers of ways) {
      const answer = await context.post(link, { headers, form });
      expect(answer.status()).toBeGreaterThanOrEqual(400);
      expect(answer.status()).toBeLessThan(500);
      errorPages.push(await answer.text());
    }
    for (const tail of ['%E0%A4%A', '/x', '?next=%E0%A4%A']) await context.get(`${link}${tail}`);
    const boundary = 'multipart/form-data; boundary=x';
    const broken = await context.post(link, { headers: { origin, 'content-type': boundary }, data: password });
    expect(broken.status()).toBe(400);
    errorPages.push(await broken.text());
    await context.dispose();
  };

  await test.step('searches, also by somebody who may not', async () => {
    for (const at of ['/users?q=', '/invitations?q=', '/audit?subject=', '/help?q=', '/api/palette?q=', '/nothing?']) {
      for (const page of [admin, member]) {
        await (at.startsWith('/api/') ? page.request.get(`${at}${search}`) : page.goto(`${at}${search}`));
      }
    }
  });

  await test.step('an invitation and its link', async () => {
    await invite(admin, person);
    await openMail(visitor, person.email, /invited you/);
    const link = (await linkIn(visitor).getAttribute('href')) ?? '';
    secrets.set('an invitation link', link.split('/').at(-1) ?? '');
    await attack(link);
    await visitor.goto(link);
    await activate(visitor, password);
  });

  await test.step('a forgotten password and its link', async () => {
    for (const email of [stranger, person.email]) {
      await member.goto('/forgot-password');
      await member.getByLabel('Email address').fill(email);
      await member.getByRole('button', { name: 'Send the link' }).click();
      await expect(member.getByRole('heading', { name: 'Check your email' })).toBeVisible();
    }
    await openMail(member, person.email, /Choose a new password/);
    const link = (await linkIn(member).getAttribute('href')) ?? '';
    secrets.set('a reset link', link.split('/').at(-1) ?? '');
    await attack(link);
  });

  await test.step('sign-in with a wrong and an unknown address', async () => {
    const page = await open();
    for (const email of [stranger, person.email]) {
      await page.goto(`/sign-in?next=/users?q=${search}`);
      await page.getByLabel('Email address').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(`${password} wrong`);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.locator('main').getByRole('alert')).toBeVisible();
    }
  });

  await test.step('a file with passwords', async () => {
    const rows = `email,first name,last name,password\ncsv-${mark}@leak.example,Canary,csv-${mark},${password}\n`;
    await upload(admin, csv(`people.csv`, rows));
    await review(admin);
  });

  for (const context of [admin, visitor, member].map((page) => page.context())) {
    for (const { name, value } of await context.cookies())
      if (/session/.test(name)) secrets.set(`cookie ${value.slice(-5)}`, value);
  }
  const logs = ['web', 'worker', 'mailbox'].map((name) => read('logs', `${name}.log`)).join('\n');
  const jobs = await query('SELECT name, data, output FROM pgboss.job');
  const audit = await query('SELECT body FROM audit_detail');
  expect(await query('SHOW log_min_messages')).toContain('"log"');
  expect(logs).toContain('request.foreign_origin');
  expect(audit).toContain(person.email);
  for (const [what, secret] of secrets) {
    expect(secret.length, what).toBeGreaterThan(10);
    for (const [where, text] of Object.entries({ logs, jobs, audit, 'error pages': errorPages.join('\n') })) {
      expect(text.includes(secret), `${what} is in ${where}`).toBe(false);
    }
  }
  for (const name of people) {
    expect(logs.includes(name), `${name} is in the logs`).toBe(false);
    expect(jobs.includes(name), `${name} is in a job`).toBe(false);
  }
});
