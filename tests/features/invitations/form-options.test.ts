import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { inviteChoices } from '@/features/invitations/form-options.queries';

const { db } = await testDatabase();

test('the form selects the wanted organization among any number, and finds others by name', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  for (let n = 0; n < 101; n += 1) await makeOrganization(db, { name: `Branch ${String(n).padStart(3, '0')}` });
  const last = await makeOrganization(db, { name: 'Zürich' });
  const can = await canAs<'users.invite'>(db, ada.id);
  const first = await inviteChoices(can, undefined);
  expect(first).toMatchObject({ organization: null, isCut: true, find: '' });
  expect(first.organizations).toHaveLength(100);

  const chosen = await inviteChoices(can, last.id);
  expect(chosen.organization).toEqual({ id: last.id, name: 'Zürich' });
  expect(chosen.organizations).toContainEqual(chosen.organization);

  const found = await inviteChoices(can, undefined, ' zurich ');
  expect(found).toMatchObject({ organizations: [{ name: 'Zürich' }], isCut: true, find: 'zurich' });
  const beside = await inviteChoices(can, last.id, 'branch 007');
  expect(beside.organizations.map(({ name }) => name)).toEqual(['Branch 007', 'Zürich']);
});

test('an org admin cannot find or choose another organization', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const other = await makeOrganization(db, { name: 'Secret works' });
  const can = await canAs<'users.invite'>(db, orgAdmin.id);
  expect((await inviteChoices(can, other.id)).organization?.id).toBe(orgAdmin.organizationId);
  expect((await inviteChoices(can, other.id, 'secret')).organizations).toEqual([]);
});
