import { expect, inject, test } from 'vitest';
import { call, callAction } from './support/call';
import { findActions } from './support/entry-points';
import { rawCall } from './support/raw';
import { denialsOf, sql, watchRows } from './support/rows';

const { url } = inject('access');
const { host } = new URL(url);
const { cookie, id } = inject('world').people.member;
const canary = 'canary7c51e2b84d06';
watchRows();

test('a refusal is audited with the route, not with the link or search in its address', async () => {
  const before = await denialsOf(id);
  await callAction('user.deactivate', { id: canary }, { cookie, path: `/activate/${canary}` });
  await call(`/users?q=${canary}&page=2`, { cookie });
  expect(await denialsOf(id)).toBe(before + 2);
  const details = await sql<{ body: { after: { path: string } } }>(
    `SELECT d.body FROM audit_detail d JOIN audit_event e ON e.id = d.event_id
      WHERE e.action = 'access.denied' AND e.actor_id = $1 ORDER BY e.seq DESC LIMIT 2`,
    [id],
  );
  expect(details.map(({ body }) => body.after.path)).toEqual(['/users?q&page', '/activate/[token]']);
  expect(JSON.stringify(details)).not.toContain(canary);
});

// Only Linux has these addresses without setting them up.
test.runIf(process.platform === 'linux')(
  'an action that is sent to another page does not hide where it came from, whatever its headers claim',
  async () => {
    const [forbidden] = findActions().filter(({ name }) => name === 'user.deactivate');
    const part = (name: string, value: string) =>
      `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const body = `${part('_1_id', canary)}${part('0', '[{"fieldErrors":{},"values":{}},"$K1"]')}--edge--\r\n`;
    const headers = {
      host,
      origin: url,
      cookie: cookie ?? '',
      'content-type': 'multipart/form-data; boundary=edge',
      'next-action': forbidden?.id ?? '',
      'x-rollcall-peer': '192.0.2.99',
      'x-rollcall-answer': '0198f0a0-0000-7000-8000-000000000001',
    };
    await rawCall({ method: 'POST', path: '/sign-in', headers, body, localAddress: '127.0.0.2' });
    const [event] = await sql<{ ip: string }>(
      `SELECT d.body->>'ip' AS ip FROM audit_detail d JOIN audit_event e ON e.id = d.event_id
        WHERE e.action = 'access.denied' AND e.actor_id = $1 ORDER BY e.seq DESC LIMIT 1`,
      [id],
    );
    expect(event?.ip).toBe('127.0.0.2');
  },
);
