import { describe, expect, test } from 'vitest';
import { allOf, firstOf, hiddenFields, hrefWith } from '@/lib/search-params';

const address = { path: '/users', params: { q: 'ada', status: ['active', 'invited'], sort: 'name', after: 'cursor' } };

describe('the URL of a changed list', () => {
  test('keeps the other parameters in order and starts at the first page', () => {
    expect(hrefWith(address, { sort: 'created', direction: 'desc' })).toBe(
      '/users?q=ada&status=active&status=invited&sort=created&direction=desc',
    );
  });

  test('removes a parameter', () => {
    expect(hrefWith(address, { status: null, q: [] })).toBe('/users?sort=name');
  });

  test('keeps a cursor that is the change', () => {
    expect(hrefWith(address, { after: 'next', q: null, status: null })).toBe('/users?sort=name&after=next');
  });

  test('is the bare path when nothing is left', () => {
    expect(hrefWith({ path: '/users', params: { q: '' } }, {})).toBe('/users');
  });

  test('escapes what was typed', () => {
    expect(hrefWith({ path: '/users', params: {} }, { q: 'a&b=c #1' })).toBe('/users?q=a%26b%3Dc+%231');
  });
});

test('hidden fields carry all parameters except the named ones and the cursors', () => {
  expect(hiddenFields(address.params, ['q'])).toEqual([
    ['status', 'active'],
    ['status', 'invited'],
    ['sort', 'name'],
  ]);
});

test('a value is the same whether the URL has it once or twice', () => {
  expect(allOf({ status: 'active' }, 'status')).toEqual(['active']);
  expect(allOf({}, 'status')).toEqual([]);
  expect(firstOf(address.params, 'status')).toBe('active');
  expect(firstOf({ q: '' }, 'q')).toBeUndefined();
});

test('a null character in a URL is removed, because Postgres would refuse the whole statement', () => {
  expect(allOf({ q: ['a\u0000b', '\u0000'] }, 'q')).toEqual(['ab']);
  expect(firstOf({ q: '\u0000' }, 'q')).toBeUndefined();
});
