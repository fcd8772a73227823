import { expect, test } from 'vitest';
import { actionWords, auditActions, currentAction, kindOf, storedActions } from '@/lib/audit-actions';

test('an action is found, worded and listed under its earlier name too', () => {
  expect(storedActions('user.deactivated')).toEqual(['user.deactivated', 'user.suspended']);
  expect(storedActions('user.suspended')).toEqual(['user.deactivated', 'user.suspended']);
  expect(currentAction('user.suspended')).toBe('user.deactivated');
  expect(actionWords('user.suspended')).toBe('Deactivated');
  expect(kindOf('user.email_changed')).toBe('profile');
});

test('an action of another version still reads as words', () => {
  expect(actionWords('team.lead_named')).toBe('Team lead named');
  expect(kindOf('team.lead_named')).toBe('account');
  expect(actionWords('constructor')).toBe('Constructor');
});

test('no earlier name is in use again', () => {
  const declared: Record<string, { words: string; earlier?: readonly string[] }> = auditActions;
  const earlier = Object.values(declared).flatMap((action) => action.earlier ?? []);
  expect(earlier.length).toBeGreaterThan(0);
  expect(earlier.filter((name) => Object.hasOwn(declared, name))).toEqual([]);
  expect(new Set(earlier).size).toBe(earlier.length);
});
