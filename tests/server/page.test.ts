import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAnswer, keepAnswer } from '@/server/page';

/** Keeps each answer under the name in its address, and sends it when all that were asked for together are here. */
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

const asked = async (name: number, init: RequestInit = {}) => {
  const answer = await fetch(`${origin}/${name}`, init);
  return [answer.status, await answer.text()];
};

test('a status reaches the answer it is meant for, however many are under way', async () => {
  together = 40;
  const answers = await Promise.all(Array.from({ length: 40 }, (_, name) => asked(name)));
  together = 1;
  expect(answers).toEqual(Array.from({ length: 40 }, (_, name) => [440 + name, 'page']));
  expect(findAnswer('7')).toBeNull();
});

test.each([
  ['a payload', { headers: { rsc: '1' } }, 200],
  ['an action with scripts', { method: 'POST', headers: { 'next-action': 'ab12' } }, 200],
  ['a page, whatever else stands in the header of payloads', { headers: { rsc: 'true' } }, 443],
  ['a page, though the header is there twice', { headers: { rsc: '1, 1' } }, 443],
  ['a page, for nobody can act with a GET', { headers: { 'next-action': 'ab12' } }, 443],
  ['a form without scripts', { method: 'POST', body: 'a=b' }, 443],
] satisfies [string, RequestInit, number][])(
  'what Next answers to as %s has the status of one',
  async (_, init, status) => {
    expect((await asked(3, init))[0]).toBe(status);
  },
);
