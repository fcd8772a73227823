import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { importFile } from './import.support';

const { db } = await testDatabase();

/** Somebody made this account with an initial password, perhaps for an address that is not theirs. */
async function makeUnconfirmed(email: string) {
  const person = await makeUser(db, { email, emailVerifiedAt: null });
  await db.credential.create({ data: { userId: person.id, passwordHash: 'known to somebody', mustChange: true } });
  return person;
}

test('a file gives an account whose address nobody confirmed nothing but an invitation', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const acme = await makeOrganization(db, { slug: 'acme' });
  const ada = await makeUnconfirmed('ada@example.com');
  const grace = await makeUnconfirmed('grace@example.com');
  await importFile(db, admin.id, 'email,organization,role\nada@example.com,acme,member\ngrace@example.com,,author');
  expect(await db.membership.count()).toBe(0);
  expect(await db.userRole.count({ where: { userId: { in: [ada.id, grace.id] } } })).toBe(0);
  const invitations = await db.invitation.findMany({ select: { userId: true, organizationId: true, state: true } });
  expect(invitations).toHaveLength(2);
  expect(invitations).toContainEqual({ userId: ada.id, organizationId: acme.id, state: 'open' });
  expect(invitations).toContainEqual({ userId: grace.id, organizationId: null, state: 'open' });
});

test('a file adds a person with a confirmed address at once', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  await makeOrganization(db, { slug: 'harbor' });
  const person = await makeUser(db);
  await importFile(db, admin.id, `email,organization,role\n${person.email},harbor,member`);
  expect(await db.membership.count({ where: { userId: person.id } })).toBe(1);
});
