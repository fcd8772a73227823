import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { grantAccess } from '@/features/memberships/grants.service';
import { writesOn } from '@/server/db/statements';
import { actingAs, makeAdmin, platformRoles, rolesIn } from './memberships.support';

const { db } = await testDatabase();

/** Writes what accepting an invitation writes, which does not raise the version. */
async function accept(userId: string, organizationId: string | null, role: string) {
  const roleIds = [await roleId(db, role)];
  await grantAccess(writesOn(db), { userId, organizationId, roleIds, groupIds: [], grantedBy: null });
}

test('roles gained by accepting an invitation while the form was open cause a conflict and are kept', async () => {
  const house = await makeOrganization(db);
  const member = await makeMember(db, { organizationId: house.id, roles: ['viewer'] });
  const ada = actingAs(db, (await makeAdmin(db)).id);
  await accept(member.id, house.id, 'caseworker');
  const answer = await ada.change(member.id, house.slug, ['viewer', 'staff'], { was: ['viewer'] });
  expect(answer).toMatchObject({
    kind: 'conflict',
    conflict: { changes: [{ before: 'Viewer', after: 'Caseworker, Viewer' }] },
    values: { was: 'caseworker,viewer', roles: ['caseworker', 'viewer', 'staff'] },
  });
  expect(await rolesIn(db, member.id, house.id)).toEqual(['caseworker', 'viewer']);
});

test('platform roles gained by accepting an invitation also cause a conflict', async () => {
  const person = await makeUser(db);
  const ada = actingAs(db, (await makeAdmin(db)).id);
  await accept(person.id, null, 'author');
  expect(await ada.changePlatform(person.id, ['expert'], { was: [] })).toMatchObject({ kind: 'conflict' });
  expect(await platformRoles(db, person.id)).toEqual(['author']);
});
