import { inject, test } from 'vitest';
import { findActions } from './support/entry-points';
import { rawCall } from './support/raw';
import { changedTables, fingerprint, newLines, watchRows } from './support/rows';
import { makeVerdicts } from './support/verdicts';

const { url } = inject('access');
const { host } = new URL(url);
const cookie = inject('world').people['system admin'].cookie ?? '';
watchRows();

/** Stands for what must not be logged: a token of a link, a search, an address. */
const canary = 'canary7c51e2b84d06';
const address = `${canary}@leak.example`;
const links = ['/reset-password', '/activate', '/confirm-email', '/set-up'].map((page) => `${page}/${canary}`);
const places = [...links, `/users?q=${canary}&${canary}=1`, `/${canary}`, '/sign-in', '/api/imports', '/api/nothing'];

type Case = { path: string; method?: string; headers?: Record<string, string>; body?: string; is?: number };

const multipart = 'multipart/form-data; boundary=edge';
const part = (name: string, value = address) =>
  `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
const [action = ''] = findActions().map(({ id }) => id);

const foreign: Record<string, Record<string, string>> = {
  'a foreign origin': { origin: `https://${canary}.example` },
  'a foreign origin, forwarded': { origin: `https://${canary}.example`, 'x-forwarded-host': `${canary}.example` },
  'origin null': { origin: 'null' },
  'no origin': {},
  'an origin that is no URL': { origin: canary },
  'a foreign origin with an action': { origin: `https://${canary}.example`, 'next-action': action },
  'cross-site': { 'sec-fetch-site': 'cross-site' },
};

const bodies: Record<string, Omit<Case, 'path'>> = {
  text: { headers: { 'content-type': 'text/plain' }, body: address },
  JSON: { headers: { 'content-type': 'application/json' }, body: `{"email":"${address}"}` },
  'broken JSON': { headers: { 'content-type': 'application/json' }, body: `{"email":"${address}` },
  'a plain form': {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `email=${address}&a=%E0%A4%A`,
  },
  'no type': { body: address },
  'an unknown type': { headers: { 'content-type': `x/${canary}` }, body: address },
  'no body': { headers: { 'content-type': multipart } },
  'no boundary': { headers: { 'content-type': 'multipart/form-data' }, body: part('email') },
  'another boundary': { headers: { 'content-type': 'multipart/form-data; boundary=other' }, body: part('email') },
  'a part without an end': { headers: { 'content-type': multipart }, body: part('email') },
  'a part without a name': {
    headers: { 'content-type': multipart },
    body: `--edge\r\nX: ${address}\r\n\r\n1\r\n--edge--\r\n`,
  },
  'an unknown action in the form': {
    headers: { 'content-type': multipart },
    body: `${part(`$ACTION_ID_${canary}`)}\r\n--edge--\r\n`,
  },
  'an unknown bound action': {
    headers: { 'content-type': multipart },
    body: `${part('$ACTION_REF_1')}\r\n${part('$ACTION_1:0', `{"id":"${canary}","bound":"$@1"}`)}\r\n--edge--\r\n`,
  },
  'an action that is no JSON': {
    headers: { 'content-type': multipart },
    body: `${part('$ACTION_REF_1')}\r\n${part('$ACTION_1:0', `{"id":"${canary}`)}\r\n--edge--\r\n`,
  },
  'an unknown action': {
    headers: { 'next-action': canary, 'content-type': 'text/plain;charset=UTF-8' },
    body: `["${address}"]`,
  },
  'an unknown action of the right length': {
    headers: { 'next-action': `${'0'.repeat(24)}${canary}`, 'content-type': multipart },
    body: `${part('0', '[]')}\r\n--edge--\r\n`,
  },
  'an action with text': {
    headers: { 'next-action': action, 'content-type': 'text/plain;charset=UTF-8' },
    body: address,
  },
  'an action with JSON': {
    headers: { 'next-action': action, 'content-type': 'application/json' },
    body: `{"a":"${address}"}`,
  },
  'an action with a plain form': {
    headers: { 'next-action': action, 'content-type': 'application/x-www-form-urlencoded' },
    body: `email=${address}`,
  },
  'an action with a broken body': {
    headers: { 'next-action': action, 'content-type': multipart },
    body: part('0', `["${address}`),
  },
  'a compressed body': { headers: { 'content-encoding': 'gzip', 'content-type': multipart }, body: part('email') },
};

const reads: Case[] = [
  ...['/%E0%A4%A', '/users/%E0%A4%A', '/reset-password/%ff%fe', `/%c0%ae/${canary}`, '/o/%', '/%00'].map((path) => ({
    path: `${path}`,
  })),
  ...['?q=%E0%A4%A', '?%E0%A4%A', '?q=%ff'].map((query) => ({ path: `/users${query}${canary}` })),
  ...[1_000, 3_000, 9_000].map((length) => ({ path: `/reset-password/${canary.repeat(length / canary.length)}` })),
  ...links.map((path) => ({ path })),
  ...[
    'rollcall.session=%E0%A4%A',
    `rollcall.session=${canary}`,
    '=;;;=',
    `${canary}`,
    `rollcall.theme=%E0%A4%A${canary}`,
    `rollcall.door=${canary}%`,
    `rollcall.session=a; rollcall.session=${canary}`,
    Array.from({ length: 150 }, (_, n) => `c${n}=${canary}`).join('; '),
    `__Host-rollcall.session="${canary}`,
    `rollcall.email=%E0%A4%A${canary}`,
  ].map((value) => ({ path: '/sign-in', headers: { cookie: value } })),
  ...[
    'rsc',
    'next-router-state-tree',
    'next-url',
    'next-router-prefetch',
    'next-router-segment-prefetch',
    'x-nextjs-data',
    'x-middleware-subrequest',
    'next-resume',
    'x-forwarded-proto',
    'range',
    'if-none-match',
    'accept-language',
    'x-invoke-path',
    'next-action-redirected',
    'accept',
    'content-type',
    'x-forwarded-for',
    'x-http-method-override',
    'content-security-policy',
    'x-nextjs-request-id',
    'x-nextjs-html-request-id',
  ].map((name) => ({ path: '/sign-in', headers: { [name]: canary } })),
  ...[`%E0%A4%A${canary}`, `["",${canary}`, `{"${canary}":1}`, `%5B%22%22%2C%7B%22children%22%3A${canary}`].flatMap(
    (tree) =>
      ['/sign-in', '/users'].map((path) => ({ path, headers: { cookie, rsc: '1', 'next-router-state-tree': tree } })),
  ),
  ...[`${canary}.example`, `${canary} x`, '[::', '', `${host}@${canary}.example`, `${canary}/x`].map((name) => ({
    path: '/sign-in',
    headers: { host: name },
  })),
  {
    path: '/sign-in',
    headers: { 'x-forwarded-host': canary, 'x-forwarded-port': canary, 'x-forwarded-proto': canary },
  },
  { path: '/sign-in', headers: { forwarded: `host=${canary};proto=${canary}` } },
  {
    path: '/users',
    headers: { cookie, 'x-forwarded-host': `${canary}, ${canary}`, 'x-forwarded-proto': `${canary},` },
  },
  { path: `/users?q=${canary}`, headers: { cookie } },
  { path: `/api/palette?q=${canary}`, headers: { cookie } },
  { path: `/users/${canary}`, headers: { cookie } },
  { path: `http://${canary}.example/sign-in` },
  { path: `//${canary}.example/%E0%A4%A` },
  { path: `/_next/static/${canary}` },
  { path: `/_next/data/${canary}.json` },
  { path: `/_next/image?url=${canary}` },
  { path: `/\\${canary}` },
  { path: `/sign-in?next=/reset-password/${canary}` },
  { path: `*` },
];

const cases: [string, Case][] = [
  ...places.flatMap((path) =>
    Object.entries(foreign).map(([name, headers]): [string, Case] => [
      `${name} → ${path}`,
      {
        path,
        method: 'POST',
        headers: { 'content-type': multipart, cookie, ...headers },
        body: `${part('email')}\r\n--edge--\r\n`,
        is: 403,
      },
    ]),
  ),
  ...places.flatMap((path) =>
    Object.entries(bodies).map(([name, given]): [string, Case] => [
      `${name} → ${path}`,
      { ...given, path, method: 'POST', headers: { origin: url, cookie, ...given.headers } },
    ]),
  ),
  ...reads.map((each): [string, Case] => [
    `GET ${each.path.slice(0, 60)} ${JSON.stringify(each.headers ?? '').slice(0, 90)}`,
    each,
  ]),
  ...['TRACE', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'LOCK'].flatMap((method) =>
    [...links, '/users', `/${canary}`].map((path): [string, Case] => [
      `${method} ${path}`,
      { path, method, headers: { cookie, origin: `https://${canary}.example` }, body: address },
    ]),
  ),
];

/** Lines that say that a request was refused, and by which route: they are expected, but must not contain input. */
const isExpected = (line: string) => /"level":"info","event":"request\.(foreign_origin|unreadable)"/.test(line);

test('no request ends in a server error, changes anything, or leaves what it contained in the log', async () => {
  const verdicts = makeVerdicts();
  const before = await fingerprint();
  newLines();
  for (const [name, { path, method = 'GET', headers, body, is }] of cases) {
    const sent = { host, ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) };
    const answer = await rawCall({ method, path, headers: sent, ...(body !== undefined && { body }) });
    const lines = newLines();
    const leaking = lines.find((line) => line.includes(canary));
    const unexpected = lines.filter((line) => !isExpected(line));
    verdicts.say(
      name,
      answer.status >= 500 && `answered ${answer.status}`,
      is !== undefined && answer.status !== is && `answered ${answer.status} instead of ${is}`,
      answer.status === 403 && !answer.text.includes('did not come from Rollcall') && 'answered without words',
      leaking !== undefined && `logged ${leaking.slice(0, 300)}`,
      unexpected.length > 0 && `wrote ${unexpected.join(' | ').slice(0, 300)}`,
    );
  }
  const changed = changedTables(before, await fingerprint());
  verdicts.say('all', changed.length > 0 && `changed ${changed.join(', ')}`);
  verdicts.check();
});
