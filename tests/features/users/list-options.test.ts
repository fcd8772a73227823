import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { parseUserFilter } from '@/features/users/list.schema';
import { listFilterOptions } from '@/features/users/list-options.queries';
import { newId } from '@/lib/ids';
import { hiddenFields, hrefWith, type SearchParams } from '@/lib/search-params';

const { db } = await testDatabase();

async function choicesFor(userId: string, params: SearchParams) {
  const { options } = await listFilterOptions(await canAs<'users.read'>(db, userId), parseUserFilter(params, 25));
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
  return {
    groups: names(options.groups),
    organizations: names(options.organizations),
    teams: names(options.teams),
  };
}

test('choices beyond the first fifty are found by part of their name, and the chosen one stays listed', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const house = await makeOrganization(db, { name: 'A house' });
  for (let n = 0; n < 55; n += 1) {
    await makeOrganization(db, { name: `Branch ${String(n).padStart(2, '0')}` });
    await makeGroup(db, { name: `Circle ${String(n).padStart(2, '0')}` });
  }
  await makeOrganization(db, { name: 'Zürich 100%' });
  await db.team.create({ data: { id: newId(), organizationId: house.id, name: 'Élan' } });
  expect((await choicesFor(ada.id, { choose: 'organization' })).organizations).toHaveLength(50);
  expect((await choicesFor(ada.id, { choose: 'group' })).groups).toHaveLength(50);
  expect(await choicesFor(ada.id, { organization: house.slug })).toEqual({
    groups: [],
    organizations: ['A house'],
    teams: [],
  });

  expect((await choicesFor(ada.id, { findGroup: 'CLE 54' })).groups).toEqual(['Circle 54']);
  expect((await choicesFor(ada.id, { findOrganization: 'zurich' })).organizations).toEqual(['Zürich 100%']);
  expect((await choicesFor(ada.id, { findOrganization: '100%' })).organizations).toEqual(['Zürich 100%']);
  expect((await choicesFor(ada.id, { findOrganization: '%' })).organizations).toEqual([]);
  expect((await choicesFor(ada.id, { findTeam: 'elan' })).teams).toEqual(['Élan']);
  expect((await choicesFor(ada.id, { findTeam: 'other' })).teams).toEqual([]);
  const chosen = await choicesFor(ada.id, { organization: house.slug, findOrganization: 'zurich' });
  expect(chosen.organizations).toEqual(['A house', 'Zürich 100%']);
});

test('an org admin finds no choices of other organizations', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const other = await makeOrganization(db, { name: 'Secret works' });
  await makeGroup(db, { name: 'Secret circle', organizationId: other.id });
  await db.team.create({ data: { id: newId(), organizationId: other.id, name: 'Secret team' } });
  const params = { findGroup: 'secret', findOrganization: 'secret', findTeam: 'secret', organization: other.slug };
  expect(await choicesFor(orgAdmin.id, params)).toEqual({ groups: [], organizations: [], teams: [] });
  expect((await choicesFor(orgAdmin.id, { findTeam: 'a\0'.repeat(5_000) })).teams).toEqual([]);
});

test('the search for a choice is dropped from the next address', () => {
  const address = { path: '/users', params: { findGroup: 'choir', q: 'ada' } };
  expect(hrefWith(address, { sort: 'name' })).toBe('/users?q=ada&sort=name');
  expect(hiddenFields(address.params, [])).toEqual([['q', 'ada']]);
});
