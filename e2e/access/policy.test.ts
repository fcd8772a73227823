import { expect, test } from 'vitest';
import { actions, pages, routes } from './policy';
import { findActions, findRoutes } from './support/entry-points';

// tests/architecture/access-policy.test.ts compares the sources with the policy; this compares what was built.

test('every page and route handler of the build is in the policy, and the policy names nothing else', () => {
  const built = findRoutes();
  expect.soft(built.pages).toEqual(Object.keys(pages).sort());
  expect.soft(built.handlers).toEqual(Object.keys(routes).sort());
});

test('every action of the build is in the policy, and the policy names nothing else', () => {
  const built = findActions().map(({ name }) => name);
  expect(built.sort()).toEqual(Object.keys(actions).sort());
});
