import { expect, test } from 'vitest';
import { readCursor, writeCursor } from '@/lib/cursors';
import { newId } from '@/lib/ids';
import { nameCursor, nameCursorParam, timeCursor, timeCursorParam } from '@/lib/list-params';

const id = newId();
const moment = '2026-11-29T10:00:00.123Z';

test('a cursor is read back as it was written', () => {
  const values = ['Ünal ~ "quoted"', moment, null];
  expect(readCursor(writeCursor({ values, id }), ['text', 'moment', 'moment-or-null'])).toEqual({ values, id });
});

test.each([
  ['no cursor', 'abc', ['text']],
  ['too few values', writeCursor({ values: [], id }), ['text']],
  ['too many values', writeCursor({ values: ['a', 'b'], id }), ['text']],
  ['an id that is none', writeCursor({ values: ['a'], id: "' OR true" }), ['text']],
  ['a null character', writeCursor({ values: ['a\0'], id }), ['text']],
  ['null instead of a time', writeCursor({ values: [null], id }), ['moment']],
  ['a time that Postgres does not read', writeCursor({ values: ['+275000-01-01T00:00:00.000Z'], id }), ['moment']],
  ['a time before 1970', writeCursor({ values: ['1969-12-31T23:59:59.999Z'], id }), ['moment']],
  ['an endless text', 'a'.repeat(2_001), ['text']],
] as const)('%s is no cursor', (_, text, kinds) => {
  expect(readCursor(text, kinds)).toBeNull();
});

test('URL parameters carry cursors by time and by name, and ignore anything else', () => {
  const createdAt = new Date(moment);
  expect(timeCursorParam.parse(timeCursor({ createdAt, id }))).toEqual({ at: createdAt, id });
  expect(nameCursorParam.parse([nameCursor({ nameKey: 'acme', id }), 'second'])).toEqual({ key: 'acme', id });
  for (const text of ['', 'x', `${moment}~${id}`, undefined, {}]) {
    expect(timeCursorParam.parse(text)).toBeUndefined();
    expect(nameCursorParam.parse(text)).toBeUndefined();
  }
});
