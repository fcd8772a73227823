import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import type { Can } from '@/server/work';
import { list, makeWorld } from './users.support';

const { db } = await testDatabase();

async function admin(): Promise<Can<'users.read'>> {
  const { id } = await makeUser(db, {
    roles: ['system-admin'],
    email: 'zz-admin@example.org',
    firstName: 'Admin',
    lastName: 'Zz',
  });
  return canAs(db, id);
}

test('a search finds punctuation literally, and letters in any case and script', {
  timeout: 60_000,
}, async () => {
  await makeWorld(db, 30);
  const can = await admin();
  const names = async (q: string) => {
    const { rows } = await list(can, { q, status: ['invited', 'active', 'inactive', 'archived'] }, 100);
    return [...new Set(rows.map(({ firstName }) => firstName))].toSorted();
  };
  expect(await names('100%')).toEqual(['100%']);
  expect(await names('r_s')).toEqual(['under_score']);
  expect(await names('rxs')).toEqual([]);
  expect(await names('k\\s')).toEqual(['back\\slash']);
  expect(await names("o'h")).toEqual(["O'Hara"]);
  expect(await names('%')).toEqual([]);
  expect(await names("'; DROP TABLE")).toEqual([]);
  expect(await names('ОЛЬГА')).toEqual(['Ольга']);
  expect(await names('oystein')).toEqual(['Øystein']);
  expect(await names('ZOE')).toEqual(['Zoë']);
  for (const q of ['ΝΊΚΟς', 'νικοσ', 'ΝΙΚΟΣ']) expect(await names(q)).toEqual(['Νίκος']);
});

test('every word is found in any order, on the platform and in an organization', async () => {
  const { id: organizationId } = await makeOrganization(db);
  const { id } = await makeUser(db, {
    firstName: 'Ada Maria',
    lastName: "Van de O'Lovelace",
    email: 'countess.2024@xn--mller-kva.de',
    status: 'archived',
  });
  await db.user.update({ where: { id }, data: { phone: '+442079460123' } });
  await makeMember(db, { userId: id, organizationId });
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  for (const can of [await admin(), await canAs<'users.read'>(db, orgAdmin.id)]) {
    const finds = async (q: string) => (await list(can, { q })).rows.some((row) => row.id === id);
    const found = [
      "o'lovelace, Ada",
      'ada müller',
      'MÜLLER.DE',
      '@xn--mller',
      'love de',
      's.20 ria',
      '2024',
      'a',
      'v',
      'c',
    ];
    found.push('+44 20 7946 0123', '020 7946-01', '(020) 7946', '7946', 'ada l', 'ma va', 'van, ');
    for (const q of found) expect(await finds(q), q).toBe(true);
    const missed = ['ada love xyz', 'ad el', 'da ov', 'l', 'o', '4220', '123', 'muller.com', 'countess@', 'ada 7946'];
    for (const q of missed) expect(await finds(q), q).toBe(false);
  }
});

test('one or two letters match the beginning of address, first or last name, not the middle', async () => {
  const can = await admin();
  await makeUser(db, { email: 'quinn@example.com', firstName: 'Xavier', lastName: 'Tal' });
  await makeUser(db, { email: 'b@example.com', firstName: 'Maquis', lastName: 'Quo' });
  await makeUser(db, { email: 'c@example.com', firstName: 'Maquette', lastName: 'Other' });
  const found = async (q: string) => (await list(can, { q })).rows.map(({ email }) => email).toSorted();
  expect(await found('qu')).toEqual(['b@example.com', 'quinn@example.com']);
  expect(await found('xa')).toEqual(['quinn@example.com']);
  expect(await found('qui')).toEqual(['b@example.com', 'quinn@example.com']);
});
