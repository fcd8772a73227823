import { expect, test } from 'vitest';
import { readFormBody } from '@/server/auth/form-body';
import { sourceOf } from '@/server/auth/throttle';
import { contentPolicy } from '@/server/content-policy';
import { requestedPath } from '@/server/mark-requests';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  [null, 'unknown'],
])('a source is an IPv4 address or an IPv6 network: %s', (ip, source) => expect(sourceOf(ip)).toBe(source));

test.each([
  ['/users?page=2&_rsc=abc', '/users?page=2'],
  ['/', '/'],
  ['//evil.example/x', '/'],
  ['http://evil.example/x', '/'],
  ['*', '/'],
  [`/${'x'.repeat(3000)}`, '/'],
  ['/a b?c=ü', '/a%20b?c=%C3%BC'],
])('the requested path: %s', (url, path) => expect(requestedPath(url)).toBe(path));

test('the content policy allows no script without the nonce', () => {
  const policy = contentPolicy('abc', false);
  expect(policy).toContain(`script-src 'self' 'nonce-abc' 'strict-dynamic'`);
  expect(policy).not.toMatch(/unsafe/);
  for (const rule of [`frame-ancestors 'none'`, `form-action 'self'`, `base-uri 'none'`, `object-src 'none'`]) {
    expect(policy).toContain(rule);
  }
});

const posted = (body: BodyInit, type = 'application/x-www-form-urlencoded') =>
  readFormBody(new Request('http://127.0.0.1/', { method: 'POST', body, headers: { 'content-type': type } }));

test('a plain form is read, and a repeated field has no value', async () => {
  expect(Object.fromEntries(await posted('email=a%40b.example&password=x&next=%2F'))).toEqual({
    email: 'a@b.example',
    password: 'x',
    next: '/',
  });
  expect(Object.fromEntries(await posted('email=a&email=b&password=x&email=c'))).toEqual({ password: 'x' });
});

test('any other body has no fields', async () => {
  expect((await posted('{"email":"a"}', 'application/json')).size).toBe(0);
  expect((await posted(`email=${'x'.repeat(20_000)}`)).size).toBe(0);
  expect((await readFormBody(new Request('http://127.0.0.1/', { method: 'POST' }))).size).toBe(0);
});
