import '@/handlers';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { consolePermissions, sessionPermissions } from '@/lib/permissions';
import { declaredJobs } from '@/server/job';
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

/** The closed list of what a form changes without a trace: own preferences, and a request that has its own trace. */
const unauditedActions = [
  'account.preferences',
  'account.single-keys',
  'home.hide-waiting',
  'invitation.request-new-link',
  'preference.lists.users',
];

const unaudited = (registry: typeof actionRegistry) =>
  [...registry].filter(([, { isUnaudited }]) => isUnaudited).map(([name]) => name);

test('only the actions of a closed list change something unaudited', () => {
  expect(unaudited(actionRegistry).toSorted()).toEqual(unauditedActions);
  const withOneMore = new Map(actionRegistry).set('roles.grant', { permission: 'users.update', isUnaudited: true });
  expect(unaudited(withOneMore).toSorted()).not.toEqual(unauditedActions);
});

/** Their units may commit without an audit event: progress of plans, and work that finds nothing to do. */
const exemptJobs = [
  'account.password-help',
  'figures.count-days',
  'imports.apply',
  'imports.cut-off',
  'imports.validate',
  'invitations.apply',
  'invitations.expire',
  'invitations.remind',
  'invitations.validate',
  'plans.resume',
  'records.clean',
  'users.apply-email-changes',
  'users.reactivate-due',
];

test('only the jobs of a closed list may commit without an audit event', () => {
  const exempt = declaredJobs()
    .filter((job) => job.exempt)
    .map(({ name }) => name);
  expect(exempt.toSorted()).toEqual(exemptJobs);
});

test('every registered route handler requires a permission of the catalogue or is public', async () => {
  await exportsOf(filesEndingIn('route.ts'));
  expect(routeRegistry.size).toBeGreaterThan(2);
  expect([...routeRegistry].filter(([, { permission }]) => !known.includes(permission))).toEqual([]);
});
