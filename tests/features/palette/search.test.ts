import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { findForPalette } from '@/features/palette/search.queries';

const { db } = await testDatabase();

test('the palette finds only people and organizations the reader may see', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const acme = await makeOrganization(db, { name: 'Zephyr Works' });
  const mine = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'], lastName: 'Zephyrson' });
  const other = await makeMember(db, { lastName: 'Zephyrelli' });
  const member = await makeUser(db, { roles: ['member'] });
  const find = async (id: string, typed: string) =>
    (await findForPalette(await canAs(db, id), typed)).map(({ href }) => href);
  expect(await find(admin.id, 'zéphyr')).toEqual([
    `/users/${other.id}`,
    `/users/${mine.id}`,
    `/organizations/${acme.slug}`,
  ]);
  expect(await find(admin.id, 'works, zeph')).toEqual([`/organizations/${acme.slug}`]);
  await db.user.update({
    where: { id: other.id },
    data: { status: 'archived', archivedAt: new Date(), archivedStatus: 'active' },
  });
  const [archived] = await findForPalette(await canAs(db, admin.id), 'zephyrelli');
  expect(archived?.detail).toMatch(/ · Archived$/);
  expect(await find(mine.id, 'zephyr')).toEqual([`/users/${mine.id}`, `/organizations/${acme.slug}`]);
  expect(await find(member.id, 'zephyr')).toEqual([]);
  expect(await find(admin.id, '  ')).toEqual([]);
  expect(await find(admin.id, "' OR 1=1 %")).toEqual([]);
});

test('it finds groups, roles and guides too, and guides by words that only their text has', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const member = await makeUser(db, { roles: ['member'] });
  const group = await makeGroup(db, { name: 'Mentors of Zagreb' });
  const find = async (id: string, typed: string) =>
    (await findForPalette(await canAs(db, id), typed)).map((found) => found.href);
  expect(await find(admin.id, 'zagreb')).toEqual([`/groups/${group.id}`]);
  expect(await find(member.id, 'zagreb')).toEqual([]);
  expect(await find(admin.id, 'casewo')).toContain('/roles/caseworker');
  // Every session may read guides; this handle comes without one.
  const can = await canAs(db, admin.id);
  const inSession = {
    ...can,
    may: ((permission) => permission === 'account.own' || can.may(permission)) as typeof can.may,
  };
  expect((await findForPalette(inSession, 'suspend')).map(({ href }) => href)).toContain('/help/deactivating');
});
