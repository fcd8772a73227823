import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routePattern, routePatterns, unknownRoute } from '@/lib/route-patterns';
import { filesBelow, routeOf } from '../../e2e/access/support/entry-points';

test('every page and route of the app has a pattern, and no pattern is left over', () => {
  const found = filesBelow('src/app')
    .filter((file) => /\/(page|route)\.tsx?$/.test(file))
    .map((file) => routeOf(`/${path.relative('src/app', file)}`))
    // A page that opens over another has the address of the page itself.
    .filter((route) => !route.includes('(.)'));
  expect([...routePatterns]).toEqual([...new Set(found), '/icon.svg'].sort());
});

test.each([
  ['/', '/'],
  ['/users', '/users'],
  ['/users/', '/users'],
  ['/users/new', '/users/new'],
  ['/users/0198f0a0-0000-7000-8000-000000000001', '/users/[id]'],
  ['/users/ada@example.org/access/membership/new', '/users/[id]/access/membership/new'],
  ['/reset-password/dGhlLXRva2Vu', '/reset-password/[token]'],
  ['/activate/dGhlLXRva2Vu?notice=x', '/activate/[token]?notice'],
  ['/o/acme?next=%2Freset-password%2FdGhl', '/o/[slug]?next'],
  ['/api/auth/callback/credentials', '/api/auth/[...nextauth]'],
  ['/users?q=ada&status=active&status=inactive', '/users?q&status'],
  ['/users?perPage=25&sort=-name&roleKey=x', '/users?perPage&sort&roleKey'],
  ['/users#ada', '/users'],
  ['/users?', '/users'],
])('%s is written as %s', (address, pattern) => {
  expect(routePattern(address)).toBe(pattern);
});

test.each([
  '/nothing',
  '/nothing/dGhlLXRva2Vu?q=ada',
  '/reset-password',
  '/reset-password/a/b',
  '/users//x',
  '/RESET-PASSWORD/x',
  '/api/auth',
  '//evil.example/users',
  'http://evil.example/users',
  'users',
  '*',
])('%s is unknown, and nothing of its path is kept', (address) => {
  expect(routePattern(address).replace(/\?.*/, '')).toBe(unknownRoute);
});

test.each([
  '?ada@example.org',
  '?dGhlLXRva2VuLW9mLWEtbGluaw',
  '?q=1&Ada%20Lovelace=2',
  '?__proto__',
  '?a1',
  '?=ada',
  '?%E0%A4%A',
])('the name in %s is no name of a parameter, so it is not kept', (query) => {
  expect(routePattern(`/users${query}`)).toMatch(/^\/users\?(q&)?…$/);
});

test('however long the query, the pattern stays short', () => {
  const query = Array.from(
    { length: 500 },
    (_, n) => `${'abcdefghij'[n % 10]}${'klmnopqrst'[Math.floor(n / 10) % 10]}=1`,
  ).join('&');
  expect(routePattern(`/users?${query}`).length).toBeLessThan(100);
});

test('no value, id or unknown path is ever in a pattern', () => {
  const secret = 'zq7secretzq7';
  const place = fc.constantFrom(
    '/',
    '/users/',
    '/reset-password/',
    '/nothing/',
    '/users?q=',
    '/sign-in?next=/activate/',
    '//',
    '?',
  );
  fc.assert(
    fc.property(place, fc.string(), fc.string(), (before, a, b) => {
      expect(routePattern(`${before}${encodeURIComponent(a)}${secret}${encodeURIComponent(b)}`)).not.toContain(secret);
    }),
  );
});
