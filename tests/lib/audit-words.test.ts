import { expect, test } from 'vitest';
import { spokenChanges } from '@/lib/audit-words';

test('a history shows names and words, not keys', () => {
  const body = { before: { status: 'invited' }, after: { status: 'active', roles: ['system-admin', 'Night shift'] } };
  expect(spokenChanges(body, {}, 'UTC')).toEqual([
    { field: 'Status', before: 'Invited', after: 'Active' },
    { field: 'Roles', before: null, after: ['System Admin', 'Night shift'] },
  ]);
});
