import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnPath, safePath } from '@/lib/redirects';

const ORIGIN = 'https://console.example';

const hostile: unknown[] = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nLocation: https://evil.example',
  '/%09/evil.example',
  '/%0d%0aSet-Cookie:x=1',
  '/%250d%250aX',
  '/%5cevil.example',
  '/%255cevil.example',
  '/%2f/evil.example',
  '/%2fevil.example',
  '/%252fevil.example',
  '/..//evil.example',
  '/./\\/evil.example',
  '/.//evil.example',
  '/%2e%2e//evil.example',
  '/a/..//evil.example',
  '/a/../..//evil.example',
  '/%E0%A4%A',
  '/\u0000',
  '/\u007f',
  'https:evil.example',
  'https:/evil.example',
  'https://evil.example',
  'https://console.example@evil.example',
  'https://console.example/users',
  'http:\\\\evil.example',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'blob:https://evil.example',
  ' //evil.example',
  '\t//evil.example',
  'evil.example',
  'users',
  './users',
  '?next=//evil.example',
  '#x',
  '@evil.example',
  '／／evil.example',
  '',
  `/${'a'.repeat(2048)}`,
  `/${'ü'.repeat(2000)}`,
  ['/users', '//evil.example'],
  { not: '' },
  null,
  undefined,
  42,
];

describe('the redirect target', () => {
  it.each(hostile)('is home instead of %j', (value) => {
    expect(safePath(value)).toBe('/');
    expect(safePath(value, '/sign-in')).toBe('/sign-in');
  });

  it.each([
    ['/', '/'],
    ['/users', '/users'],
    ['/users?status=active&page=2#top', '/users?status=active&page=2#top'],
    ['/users/../roles', '/roles'],
    ['/search?q=a//b\u00e9', '/search?q=a//b%C3%A9'],
    ['/o/münchen', '/o/m%C3%BCnchen'],
    ['/sign-in?callbackUrl=%2Fusers&callbackUrl=%2Froles', '/sign-in?callbackUrl=%2Fusers&callbackUrl=%2Froles'],
    ['/users@evil.example', '/users@evil.example'],
    ['/／／evil.example', '/%EF%BC%8F%EF%BC%8Fevil.example'],
  ])('may be %s', (value, path) => {
    expect(safePath(value)).toBe(path);
  });

  it('never leaves this site, and stays the same when it is checked again', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '/',
        '\\',
        '.',
        '..',
        '//',
        '%2f',
        '%5c',
        '%09',
        '%25',
        '@',
        ':',
        '?',
        '#',
        '\t',
        '\n',
        'evil.example',
        'https:',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        (tail) => {
          for (const value of [tail, `/${tail}`]) {
            const path = safePath(value);
            expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
            expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
            expect(safePath(path)).toBe(path);
          }
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('the return path of a form', () => {
  it('keeps the URL without the earlier notice', () => {
    expect(returnPath('/users?q=an&notice=user.deactivated&of=1&after=x#row')).toBe('/users?q=an&after=x');
    expect(returnPath('/users?notice=user.deactivated')).toBe('/users');
  });

  it('is empty for anything but a path of this site', () => {
    for (const typed of ['', undefined, '//evil.example', 'https://evil.example', '/%2fevil.example']) {
      expect(returnPath(typed)).toBe('');
    }
  });
});
