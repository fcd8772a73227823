import path from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '@/server/db/cluster';
import { call, ours } from './support/call';
import { sql, watchRows } from './support/rows';
import { startWeb } from './support/server-process';

const world = inject('world');
const settings = inject('settings');
const { tree, url, log } = inject('access');
const { id, cookie } = world.people['system admin'];
watchRows();

/** A second web server of the same build with the same settings, behind the same public address. */
let other: { stop(): Promise<void>; port: number };

beforeAll(async () => {
  const port = await freePort();
  const ownLog = path.join(path.dirname(log), 'replica.log');
  other = { port, ...(await startWeb(tree, { ...settings, PORT: String(port) }, ownLog)) };
});

afterAll(() => other?.stop());

/** The hidden fields of the form that contains `marker`, as a browser without scripts sends them. */
function hiddenFields(html: string, marker: string): [string, string][] {
  const form = html.split('<form').find((part) => part.split('</form>')[0]?.includes(marker)) ?? '';
  const inputs = form.split('</form>')[0]?.match(/<input type="hidden"[^>]*>/g) ?? [];
  const attribute = (input: string, name: string) =>
    (new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]);
}

async function sendToOther(page: string, fields: [string, string][]) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  // What the proxy in front of all replicas says.
  const headers = { ...ours(), 'x-forwarded-host': new URL(url).host, ...(cookie && { cookie }) };
  const address = `http://127.0.0.1:${other.port}${page}`;
  const answer = await fetch(address, { method: 'POST', redirect: 'manual', headers, body });
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}

test('a form with bound arguments that one web server rendered is accepted by another', async () => {
  const { text } = await call('/users?choose=columns', { cookie });
  const fields = hiddenFields(text, 'name="density"');
  expect(fields.map(([name]) => name).join()).toMatch(/\$ACTION_REF_(\d+).*\$ACTION_\1:1/);
  const chosen: [string, string][] = [...fields, ['columns', 'email'], ['size', '25'], ['density', 'compact']];
  const answer = await sendToOther('/users', chosen);
  expect(answer, answer.text.slice(0, 300)).toMatchObject({ status: 303 });
  const [saved] = await sql<{ lists: unknown }>('SELECT lists FROM preference WHERE user_id = $1', [id]);
  expect(saved?.lists).toMatchObject({ users: { columns: ['email'], size: 25, density: 'compact' } });
});

test('what the other server answers to a wrong form is that form with its errors', async () => {
  const { text } = await call('/forgot-password');
  const fields = hiddenFields(text, 'name="email"');
  const answer = await sendToOther('/forgot-password', [...fields, ['email', 'nobody']]);
  expect(answer).toMatchObject({ status: 200, location: null });
  expect(hiddenFields(answer.text, 'name="email"').join()).toContain('This is not one email address.');
});
