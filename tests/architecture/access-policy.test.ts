import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { actions, bareRoutes, layouts, pages, routes } from '../../e2e/access/policy';
import { filesBelow, methodsOf, namesIn, routeOf } from '../../e2e/access/support/entry-points';

// The same comparison as e2e/access/policy.test.ts, but on the sources, so it needs no build and names the file.

const files = filesBelow('src/app');
const keyOf = (file: string) => `/${path.relative('src/app', file)}`;

test('every page is in the access policy and requires the permission named there', () => {
  const found = files.filter((file) => file.endsWith('/page.tsx'));
  expect(found.map((file) => routeOf(keyOf(file))).sort()).toEqual(Object.keys(pages).sort());
  for (const file of found) {
    const calls = [...readFileSync(file, 'utf8').matchAll(/await authorize\(([^)]*)\)/g)];
    const names = calls.flatMap((match) => [...(match[1] ?? '').matchAll(/'([^']+)'/g)].map((name) => name[1]));
    const policy = pages[routeOf(keyOf(file))];
    expect.soft(names.sort(), file).toEqual([policy?.permission, policy?.also].filter(Boolean).sort());
  }
});

test('every route handler is in the access policy', () => {
  const found = files
    .filter((file) => /\/route\.tsx?$/.test(file))
    .flatMap((file) => methodsOf(file).map((method) => `${method} ${routeOf(keyOf(file))}`));
  const icons = files.filter((file) => /\/icon\.\w+$/.test(file)).map((file) => `GET ${keyOf(file)}`);
  expect([...found, ...icons].sort()).toEqual(Object.keys(routes).sort());
});

test('every route handler is made by the guard, except those that answer before anybody signs in', () => {
  const bare = files
    .filter((file) => /\/route\.tsx?$/.test(file))
    .filter((file) => !/= (readRoute|route)\(/.test(readFileSync(file, 'utf8')));
  expect(bare.map((file) => routeOf(keyOf(file))).sort()).toEqual(bareRoutes);
  for (const file of bare) expect(readFileSync(file, 'utf8'), file).not.toMatch(/@\/server\/(work|viewer|scope|job)/);
});

test('every layout is in the access policy and asks nobody but the viewer', () => {
  const found = files.filter((file) => /\/(layout|template)\.tsx$/.test(file));
  expect(found.map(keyOf).sort()).toEqual(Object.keys(layouts).sort());
  for (const file of found) {
    const server = [...readFileSync(file, 'utf8').matchAll(/from '(@\/server\/[^']+)'/g)].map(([, module]) => module);
    const isPersonal = layouts[keyOf(file)]?.shows === 'what the viewer may open';
    expect.soft(server, file).toEqual(isPersonal ? ['@/server/viewer'] : []);
  }
});

test('every action is in the access policy and requires the permission named there', () => {
  const found = filesBelow('src/features').filter((file) => /\.actions\.tsx?$/.test(file));
  const names = found.flatMap((file) => [...namesIn(file).values()]);
  expect(names.sort()).toEqual(Object.keys(actions).sort());
  const made = found.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/= action\(\{\s*name: '([^']+)',\s*permission: '([^']+)'/g),
  ]);
  for (const [, name = '', permission] of made) expect.soft(permission, name).toBe(actions[name]?.permission);
  // The pattern above misses an action that is written in another way.
  const written = found.reduce((sum, file) => sum + (readFileSync(file, 'utf8').match(/\baction\(/g)?.length ?? 0), 0);
  expect(made.length).toBe(written);
});
