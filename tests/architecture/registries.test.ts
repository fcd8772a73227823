import { expect, test } from 'vitest';
import { auditActions } from '@/lib/audit-actions';
import { applicationPermissions, consolePermissions, sessionPermissions } from '@/lib/permissions';
import { sourceFiles, withoutComments } from './files';

// One way of writing names in each registry. Stored names never change: a renamed audit action declares its earlier name.

const kebab = /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/;
const snake = /^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)?$/;

const text = sourceFiles('src')
  .map((file) => withoutComments(file.text))
  .join('\n');
const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];

test.each([
  ['permissions', [...Object.keys(consolePermissions), ...Object.keys(sessionPermissions)], kebab],
  ['permissions of applications', applicationPermissions.map(({ key }) => key), kebab],
  ['jobs', named(/\bdefineJob\(\{\s*name: '([^']+)'/g), kebab],
  ['form actions', named(/= action\(\{\s*name: '([^']+)'/g), kebab],
  ['audit actions', Object.keys(auditActions), snake],
  ['log events', named(/\blog\('\w+', '([^']+)'/g), snake],
])('%s are written in one way', (_, names, casing) => {
  expect(names.length).toBeGreaterThan(1);
  expect(names.filter((name) => !casing.test(name))).toEqual([]);
});

test('mail and queue name no table and no link of a feature', () => {
  const files = sourceFiles('src/server').filter(({ path }) => /^src\/server\/(mail|queue|auth\/links)/.test(path));
  expect(files.length).toBeGreaterThan(8);
  const named = /\b(invitation|password[-_]reset|email[-_]change|membership|plan|"user")\b/;
  expect(files.filter((file) => named.test(withoutComments(file.text))).map(({ path }) => path)).toEqual([]);
});
