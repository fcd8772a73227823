import { expect, test } from 'vitest';
import { type Env, env } from '@/server/env';
import { plainPage } from '@/server/plain-page';
import { refusalOf } from '@/server/refused-requests';

const ours = 'http://127.0.0.1:3000';
const demo: Env = { ...env(), ROLLCALL_EMBEDDED: true, HOST: '127.0.0.1' };
const mailboxOnly: Env = { ...env(), ROLLCALL_EMBEDDED: false, MAILBOX_DIR: '/tmp/mailbox', HOST: '127.0.0.1' };
const installed: Env = { ...env(), ROLLCALL_EMBEDDED: false, PUBLIC_URL: 'https://rollcall.example' };

const get = (url: string, headers: Record<string, string> = {}) => ({
  method: 'GET',
  url,
  headers: { host: '127.0.0.1:3000', ...headers },
});
const multipart = 'multipart/form-data; boundary=----WebKitFormBoundaryx';
const post = (headers: Record<string, string>) => ({
  method: 'POST',
  url: '/users/new',
  headers: { host: '127.0.0.1:3000', origin: ours, 'content-type': multipart, ...headers },
});

const statusOf = (request: Parameters<typeof refusalOf>[0], settings?: Env) => refusalOf(request, settings)?.status;

test.each([
  'localhost',
  'localhost:3000',
  'LOCALHOST:3000',
  '127.0.0.1',
  '127.0.0.1:3000',
  '127.9.8.7:1',
  '[::1]',
  '[::1]:3000',
])('the demo and the mailbox answer to %s', (host) => {
  for (const settings of [demo, mailboxOnly]) expect(statusOf(get('/', { host }), settings)).toBeUndefined();
});

test.each([
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example',
  '127.0.0.1.evil.example:3000',
  'evil.example:127.0.0.1',
  'localhost:3000.evil.example',
  'localhost:evil',
  'localhost@evil.example',
  'x.localhost',
  '0.0.0.0:3000',
  '192.168.1.5:3000',
  '[::]',
  '[::ffff:127.0.0.1]',
  '::1',
  '[::1',
  '127.0.0.1, evil.example',
  '2130706433',
  '0x7f.1',
  '',
])('the demo and the mailbox refuse the host %j on every address', (host) => {
  for (const settings of [demo, mailboxOnly]) {
    for (const url of ['/', '/mailbox', '/mailbox/x', '/sign-in', '/api/health', '/api/ready', '/_next/static/x.js']) {
      expect(statusOf(get(url, { host }), settings), url).toBe(421);
    }
    expect(statusOf(post({ host }), settings)).toBe(421);
  }
});

test('without a host, as in HTTP/1.0, the demo refuses', () => {
  expect(statusOf({ method: 'GET', url: '/mailbox', headers: {} }, demo)).toBe(421);
});

test('the page for another host names the address to open', () => {
  const refusal = refusalOf(get('/mailbox', { host: 'evil.example' }), demo);
  expect(refusal && plainPage(refusal)).toContain(`<a href="${ours}/">${ours}</a>`);
});

test('an installation answers to any host: its proxy decides, and no link is made from it', () => {
  for (const host of ['10.0.0.7:3000', 'rollcall.example', 'internal']) {
    expect(statusOf(get('/api/health', { host }), installed)).toBeUndefined();
  }
});

test.each(['PUT', 'TRACE', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT', 'PROPFIND', ''])(
  'the method %j is refused',
  (method) => {
    expect(statusOf({ ...get('/'), method })).toBe(405);
  },
);

test.each(['/%E0%A4%A', '/users/%', '/o/%ff', '*', 'http://evil.example/', ''])(
  'the address %j cannot be read',
  (url) => {
    expect(statusOf(get(url))).toBe(400);
  },
);

test.each(['/', '/users?q=%E0%A4%A', '/users/%C3%A9', '/o/a%2Fb'])('the address %s can be read', (url) => {
  expect(statusOf(get(url))).toBeUndefined();
});

test.each([
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:30000' },
  { origin: 'https://127.0.0.1:3000' },
  { origin: '' },
  { origin: `${ours}, https://evil.example` },
  { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  { origin: '', 'sec-fetch-site': 'same-site' },
  { origin: '', 'sec-fetch-site': 'none' },
] as Record<string, string>[])('a form with %j is foreign', (headers) => {
  expect(refusalOf(post(headers))).toMatchObject({ status: 403, isForeign: true });
});

test('a form from our origin, or from a page that the browser says is ours, is accepted', () => {
  expect(refusalOf(post({}))).toBeNull();
  expect(refusalOf(post({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }))).toBeNull();
});

test.each([
  { 'content-type': 'application/json' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/mixed; boundary=x' },
  { 'content-type': '', 'content-length': '3' },
  { 'content-type': '', 'transfer-encoding': 'chunked' },
  { 'content-encoding': 'gzip' },
] as Record<string, string>[])('a body with %j is no form', (headers) => {
  expect(statusOf(post(headers))).toBe(400);
});

test.each([
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': '', 'content-length': '0' },
  { 'content-type': 'multipart/form-data; charset=utf-8; boundary="x"' },
  { 'content-type': 'text/plain;charset=UTF-8', 'next-action': 'x' },
] as Record<string, string>[])('a body with %j is a form', (headers) => {
  expect(statusOf(post(headers))).toBeUndefined();
});
