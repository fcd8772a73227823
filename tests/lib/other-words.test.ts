import { expect, test } from 'vitest';
import { isFoundBy } from '@/lib/other-words';

test.each([
  ['Deactivate', 'suspend', true],
  ['Deactivate', 'Suspended', true],
  ['Deactivating and reactivating', 'susp', true],
  ['Deactivate', 'sus', false],
  ['Deactivate Ada Lovelace', 'lovelace suspend', true],
  ['Deactivate Ada Lovelace', 'hopper suspend', false],
  ['Add user', 'invite', true],
  ['Log in as', 'impersonate', true],
  ['Archive user', 'offboard', true],
  ['Audit log', 'suspend', false],
  ['Audit log', '', true],
])('%s is found by “%s”: %s', (text, search, isFound) => {
  expect(isFoundBy(text, search)).toBe(isFound);
});
