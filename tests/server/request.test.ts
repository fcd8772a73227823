import { expect, test } from 'vitest';
import { pathHeader, requestInfo, wantedPath } from '@/server/request';

test('what is audited and logged of a request has the pattern of its route, never its path', () => {
  const headers = new Headers({ [pathHeader]: '/activate/dGhlLXRva2Vu?q=ada@example.org' });
  expect(requestInfo(headers).path).toBe('/activate/[token]?q');
  expect(JSON.stringify(requestInfo(headers))).not.toMatch(/dGhl|ada/);
  expect(requestInfo(new Headers({ [pathHeader]: '/typed/ada@example.org' })).path).toBe('/[unknown]');
});

test('a person is led back to the very page they wanted', () => {
  expect(wantedPath(new Headers({ [pathHeader]: '/users?q=ada' }))).toBe('/users?q=ada');
  expect(wantedPath(new Headers())).toBe('/');
});
