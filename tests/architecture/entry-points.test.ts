import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { consolePermissions, sessionPermissions } from '@/lib/permissions';
import { routeRegistry } from '@/server/route';
import { actionRegistry } from '@/server/work';

const root = path.resolve(import.meta.dirname, '../../src');
const known = ['public', ...Object.keys(consolePermissions), ...Object.keys(sessionPermissions)];

function filesEndingIn(ending: string): string[] {
  const all = readdirSync(root, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.name.endsWith(ending)).map((entry) => path.join(entry.parentPath, entry.name));
}

async function exportsOf(files: string[]): Promise<string[]> {
  const modules = await Promise.all(files.map((file) => import(file) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) => Object.keys(module));
}

const actions = await exportsOf(filesEndingIn('.actions.ts'));

describe('every form action', () => {
  test('is made by action() and has a unique name', () => {
    expect(actions.length).toBeGreaterThan(10);
    expect(actionRegistry.size).toBe(actions.length);
    expect(actions.filter((name) => !name.endsWith('Action'))).toEqual([]);
  });

  test('requires a permission of the catalogue or is public', () => {
    const unknown = [...actionRegistry].filter(([, { permission }]) => !known.includes(permission));
    expect(unknown).toEqual([]);
  });
});

test('every registered route handler requires a permission of the catalogue or is public', async () => {
  await exportsOf(filesEndingIn('route.ts'));
  expect(routeRegistry.size).toBeGreaterThan(2);
  expect([...routeRegistry].filter(([, { permission }]) => !known.includes(permission))).toEqual([]);
});
