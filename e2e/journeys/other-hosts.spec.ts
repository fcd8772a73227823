import { request } from 'node:http';
import { expect, test } from '../support/test';

type Answer = { status: number; text: string };

/** A browser cannot choose `Host`: it sends the name whose address was looked up. */
function fetchAs(base: string, path: string, host: string): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers: { host } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('the trial answers under the names of this machine only, and says which address to open', async ({ baseURL }) => {
  const { port } = new URL(String(baseURL));
  for (const path of [
    '/',
    '/mailbox',
    '/sign-in',
    '/api/health',
    '/api/ready',
    '/api/session',
    '/icon.svg',
    '/nothing',
  ]) {
    for (const host of [`evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '192.0.2.1']) {
      const { status, text } = await fetchAs(String(baseURL), path, host);
      expect.soft(status, `${host}${path}`).toBe(421);
      expect.soft(text).toContain(`<a href="${baseURL}/">`);
    }
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
    expect.soft((await fetchAs(String(baseURL), '/mailbox', host)).status, host).toBe(200);
    expect.soft((await fetchAs(String(baseURL), '/api/health', host)).status, host).toBe(200);
  }
});

test('a form can be sent from another name of this machine', async ({ browser, baseURL }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${String(baseURL).replace('127.0.0.1', 'localhost')}/forgot-password`);
  await page.getByLabel('Email address').fill('nobody@acme.example');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  expect(new URL(page.url()).hostname).toBe('localhost');
  await context.close();
});
