import { expect, test } from 'vitest';
import { inviteSchema } from '@/features/invitations/send.schema';
import { inviteOf } from './invitations.support';

test('fields that the form does not have are dropped', () => {
  const parsed = inviteSchema.parse({
    email: 'New.Person@Example.com',
    firstName: ' New ',
    lastName: 'Person',
    status: 'active',
    id: 'x',
    senderId: 'somebody',
    version: '9',
    organizationId: 'x',
    roleIds: ['x'],
  });
  expect(Object.keys(parsed.invite).sort()).toEqual(Object.keys(inviteOf()).sort());
  expect(parsed.invite).toMatchObject({
    email: 'new.person@example.com',
    firstName: 'New',
    organizationId: null,
    roleIds: [],
  });
});

test.each([
  ['an object', { email: { not: '' } }],
  ['a list', { email: ['a@example.com', 'b@example.com'] }],
  ['no address', {}],
  ['a megabyte', { email: 'a'.repeat(1_000_000) }],
  ['a name of a megabyte', { email: 'a@example.com', firstName: 'a'.repeat(1_000_000) }],
  ['a malformed role', { email: 'a@example.com', roles: 'x' }],
  ['a malformed organization', { email: 'a@example.com', organization: "' OR 1=1" }],
  ['a long message', { email: 'a@example.com', message: 'x'.repeat(2001) }],
  ['a phone number of letters', { email: 'a@example.com', phone: 'call me' }],
])('%s is refused with a readable message', (_what, given) => {
  const parsed = inviteSchema.safeParse({ firstName: 'New', lastName: 'Person', ...given });
  expect(parsed.success).toBe(false);
  for (const { message } of parsed.error?.issues ?? []) expect(message).not.toMatch(/invalid|expected/i);
});
