import { expect, test } from 'vitest';
import { unreadablePage } from '@/server/unreadable-form';

const next = '/srv/node_modules/next/dist/compiled/next-server/app-page-turbo.runtime.prod.js:15:70523';
const own = '/srv/.next/server/chunks/ssr/page.js:1:200';

function thrown(error: Error, ...places: string[]): Error {
  error.stack = [`${error.name}: ${error.message}`, ...places.map((place) => `    at x (${place})`)].join('\n');
  return error;
}

test.each([
  'Failed to parse body as FormData.',
  'Unexpected end of form',
  'Invalid Server Actions request.',
  'Failed to find Server Action "x". This request might be from an older or newer deployment.',
  'The Server Reference ID did not match the expected format. Received "x".',
])('"%s" is about the form', (message) => {
  expect(unreadablePage(new Error(message))?.status).toBe(400);
});

test('a form that is too long is told so', () => {
  expect(unreadablePage(new Error('Body exceeded 1 MB limit.'))?.status).toBe(413);
});

test('what Next throws while it reads the call of an action is about the call', () => {
  expect(unreadablePage(thrown(new SyntaxError('x'), '<anonymous>', next))?.status).toBe(400);
  expect(
    unreadablePage(thrown(new Error('Maximum array nesting'), next, 'node:internal/x:1:1'), 'action')?.status,
  ).toBe(400);
});

test.each([
  ['our own code', [own, next]],
  ['the database', ['/srv/node_modules/@prisma/client/runtime/client.js:1:1', next]],
])('what %s throws is a bug, whatever asked for it', (_, places) => {
  for (const routeType of ['action', 'render', undefined]) {
    expect(unreadablePage(thrown(new Error('x'), ...places), routeType)).toBeNull();
    expect(unreadablePage(thrown(new SyntaxError('x'), ...places), routeType)).toBeNull();
  }
});

test('an error without a stack, or from rendering, is a bug', () => {
  expect(unreadablePage(thrown(new Error('x')), 'action')).toBeNull();
  expect(unreadablePage(thrown(new Error('x'), next), 'render')).toBeNull();
  expect(unreadablePage('x', 'action')).toBeNull();
});
