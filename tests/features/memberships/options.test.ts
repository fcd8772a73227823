import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { findWanted, listMemberships } from '@/features/memberships/list.queries';
import { findOrganization, findOrganizations, findPeople, roleChoices } from '@/features/memberships/options.queries';
import { countMembers } from '@/features/organizations/list.queries';
import { newId } from '@/lib/ids';
import { makeAdmin } from './memberships.support';

const { db, owner } = await testDatabase();

test('an organization is found among ten thousand by part of its name or slug, ignoring accents', async () => {
  await owner.query(`INSERT INTO organization (id, name, slug)
    SELECT gen_random_uuid(), 'Branch ' || n, 'branch-' || n FROM generate_series(1, 10000) n`);
  const ada = await makeAdmin(db);
  const member = await makeMember(db, {
    organizationId: (await makeOrganization(db, { name: 'Écoles du Nord', slug: 'north-schools' })).id,
  });
  const can = await canAs<'memberships.create'>(db, ada.id);
  for (const typed of ['ecoles', 'ÉCOLES DU', 'north-sch', ' nord ']) {
    const { rows } = await findOrganizations(can, member.id, typed);
    expect(rows).toMatchObject([{ slug: 'north-schools', isMember: true }]);
  }
  const many = await findOrganizations(can, member.id, 'branch');
  expect(many.rows).toHaveLength(20);
  expect(many.hasMore).toBe(true);
  expect((await findOrganizations(can, member.id, '100%')).rows).toEqual([]);
  expect(await findOrganization(can, 'branch-9999')).toMatchObject({ name: 'Branch 9999', status: 'active' });
  expect(await findOrganization(can, 'nul\u0000l')).toBeNull();
});

test('platform admins find people by name and see who is already a member; org admins find nobody', async () => {
  const ada = await makeAdmin(db);
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = orgAdmin;
  const inside = await makeMember(db, { organizationId, firstName: 'Zoë', lastName: 'Ngata' });
  const outside = await makeUser(db, { firstName: 'Zoe', lastName: 'Ngatai' });
  const found = await findPeople(await canAs(db, ada.id), organizationId, 'zoe ngata');
  expect(found.rows.map(({ id, isMember }) => [id, isMember])).toEqual([
    [inside.id, true],
    [outside.id, false],
  ]);
  expect((await findPeople(await canAs(db, ada.id), organizationId, ' ')).rows).toEqual([]);
  expect((await findPeople(await canAs(db, orgAdmin.id), organizationId, 'zoe')).rows).toEqual([]);
});

test('roles that fit the place are offered; those beyond the reader’s access are shown disabled', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const own = await roleChoices(await canAs(db, orgAdmin.id), orgAdmin.organizationId, ['viewer']);
  expect(own.map(({ key }) => key)).not.toContain('system-admin');
  expect(own.find(({ key }) => key === 'viewer')).toMatchObject({ isGranted: true, isTheirs: true });
  expect(own.every(({ isTheirs }) => isTheirs)).toBe(true);
  const permissions = { create: { permission: 'roles.grant' } };
  await db.role.create({
    data: { id: newId(), key: 'granter', name: 'Granter', description: '', scope: 'platform', permissions },
  });
  const granter = await makeAdmin(db, ['granter']);
  const platform = await roleChoices(await canAs(db, granter.id), null, []);
  expect(platform.filter(({ isTheirs }) => isTheirs).map(({ key }) => key)).toEqual(['granter']);
});

test('an address selects the membership it names or the only one; only readers see member counts', async () => {
  const ada = await makeAdmin(db);
  const member = await makeMember(db);
  const organization = await db.organization.findUniqueOrThrow({ where: { id: member.organizationId } });
  const can = await canAs<'users.read'>(db, ada.id);
  const only = await listMemberships(can, member.id);
  expect(findWanted(only, undefined)?.organization.slug).toBe(organization.slug);
  expect(findWanted(only, 'elsewhere')).toBeNull();
  await makeMember(db, { userId: member.id });
  const both = await listMemberships(can, member.id);
  expect(findWanted(both, undefined)).toBeNull();
  expect(findWanted(both, organization.slug)?.organization.id).toBe(organization.id);

  await makeMember(db, { organizationId: organization.id, status: 'archived' });
  expect(await countMembers(can, organization.id)).toBe(1);
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  expect(await countMembers(await canAs(db, stranger.id), organization.id)).toBeNull();
});
