import { expect, test } from 'vitest';
import { alsoCalled, isMeant } from '@/components/layout/palette-entries';

const meant = (label: string, typed: string) =>
  isMeant({ group: 'On this page', label, also: alsoCalled(label), href: '#' }, typed);

test.each([
  ['Deactivate', 'suspend', true],
  ['Deactivate', 'react', false],
  ['Reactivate', 'react', true],
  ['Archive user', 'offb', true],
  ['Add user', 'user add', true],
  ['Add user', 'invite', true],
  ['Audit log', 'LOG  au', true],
  ['Audit log', 'audit x', false],
  ['Audit log', '', true],
])('“%s” under “%s”: %s', (label, typed, expected) => {
  expect(meant(label, typed)).toBe(expected);
});
