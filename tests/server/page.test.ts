import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAnswer, keepAnswer } from '@/server/page';

/** Keeps each answer under the name in its URL, and sends all of them once all the requests have arrived. */
let together = 1;
let waiting: (() => void)[] = [];
const server = createServer((request, response) => {
  const name = String(request.url).slice(1);
  keepAnswer(name, request, response);
  waiting.push(() => {
    const answer = findAnswer(name);
    if (answer) answer.statusCode = 440 + Number(name);
    response.end(answer ? 'page' : 'payload');
  });
  if (waiting.length < together) return;
  for (const send of waiting.toReversed()) send();
  waiting = [];
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const fetchNamed = async (name: number, init: RequestInit = {}) => {
  const answer = await fetch(`${origin}/${name}`, init);
  return [answer.status, await answer.text()];
};

test('each status reaches its own answer when many requests run at once', async () => {
  together = 40;
  const answers = await Promise.all(Array.from({ length: 40 }, (_, name) => fetchNamed(name)));
  together = 1;
  expect(answers).toEqual(Array.from({ length: 40 }, (_, name) => [440 + name, 'page']));
  expect(findAnswer('7')).toBeNull();
});

test.each([
  ['a payload', { headers: { rsc: '1' } }, 200],
  ['an action with scripts', { method: 'POST', headers: { 'next-action': 'ab12' } }, 200],
  ['a page when the payload header has another value', { headers: { rsc: 'true' } }, 443],
  ['a page when the payload header is repeated', { headers: { rsc: '1, 1' } }, 443],
  ['a page, because a GET cannot be an action', { headers: { 'next-action': 'ab12' } }, 443],
  ['a form without scripts', { method: 'POST', body: 'a=b' }, 443],
] satisfies [string, RequestInit, number][])(
  'a request that Next treats as %s gets that kind of status',
  async (_, init, status) => {
    expect((await fetchNamed(3, init))[0]).toBe(status);
  },
);
