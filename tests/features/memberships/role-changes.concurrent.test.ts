import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, roleId } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { actingAs, lastEvent, makeAdmin, refuses, rolesIn } from './memberships.support';

const { db } = await testDatabase();

async function begin(roles: string[]) {
  const house = await makeOrganization(db);
  const member = await makeMember(db, { organizationId: house.id, roles });
  const [ada, grace] = [await makeAdmin(db), await makeAdmin(db)];
  return { house, member, ada: actingAs(db, ada.id), grace: actingAs(db, grace.id) };
}

test('the second editor sees what the first one saved, and keeps both changes by saving again', async () => {
  const { house, member, ada, grace } = await begin(['viewer', 'staff']);
  const was = ['staff', 'viewer'];
  await ada.change(member.id, house.slug, ['staff', 'author'], { was });
  const answer = await grace.change(member.id, house.slug, ['staff', 'viewer', 'caseworker'], { was });
  expect(answer).toMatchObject({
    kind: 'conflict',
    conflict: { version: '2', changes: [{ before: 'Staff, Viewer', after: 'Author, Staff' }] },
    values: { version: '2', was: 'author,staff', roles: ['author', 'staff', 'caseworker'] },
  });
  expect(await rolesIn(db, member.id, house.id)).toEqual(['author', 'staff']);
  expect(await db.auditEvent.count({ where: { action: 'membership.changed' } })).toBe(1);
  await grace.change(member.id, house.slug, ['author', 'staff', 'caseworker'], {
    version: 2,
    was: ['author', 'staff'],
  });
  expect(await rolesIn(db, member.id, house.id)).toEqual(['author', 'caseworker', 'staff']);
});

test('when two editors save at the same time, one saves and the other gets a conflict', async () => {
  const { house, member, ada, grace } = await begin(['viewer']);
  const was = ['viewer'];
  const answers = await Promise.all([
    ada.change(member.id, house.slug, ['viewer', 'staff'], { was }),
    grace.change(member.id, house.slug, ['caseworker'], { was }),
  ]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['conflict', 'saved']);
  expect(await db.auditEvent.count({ where: { action: 'membership.changed' } })).toBe(1);
});

test('a profile saved meanwhile causes no conflict for platform roles', async () => {
  const { member, ada } = await begin([]);
  await db.user.update({ where: { id: member.id }, data: { version: 7 } });
  expect(await ada.changePlatform(member.id, ['author'], { version: 1, was: [] })).toEqual({ kind: 'saved' });
  expect(await ada.changePlatform(member.id, ['expert'], { version: 1, was: [] })).toMatchObject({ kind: 'conflict' });
  expect(await ada.changePlatform(member.id, ['expert'], { version: 1 })).toMatchObject({ kind: 'conflict' });
});

test('a membership changed since the form was opened is not ended, and an ended one is not found', async () => {
  const { house, member, ada, grace } = await begin(['viewer']);
  await ada.change(member.id, house.slug, ['staff']);
  await refuses(grace.end(member.id, house.slug, 1), 'changed_meanwhile');
  await grace.end(member.id, house.slug, 2);
  await refuses(ada.end(member.id, house.slug, 2), 'not_found');
  await refuses(ada.change(member.id, house.slug, ['viewer'], { version: 2 }), 'not_found');
  expect(await db.auditEvent.count({ where: { action: 'membership.ended' } })).toBe(1);
});

test('the conflict names who changed the roles and when, for readers of the audit log', async () => {
  const house = await makeOrganization(db);
  const member = await makeMember(db, { organizationId: house.id, roles: ['viewer'] });
  const grace = await makeAdmin(db);
  await db.user.update({ where: { id: grace.id }, data: { firstName: 'Grace', lastName: 'Hopper' } });
  const orgAdmin = await makeMember(db, { organizationId: house.id, roles: ['org-admin'] });
  const [ada, act] = [actingAs(db, (await makeAdmin(db)).id), actingAs(db, grace.id)];

  await act.change(member.id, house.slug, ['viewer', 'staff'], { was: ['viewer'] });
  const here = { by: 'Grace Hopper', at: (await lastEvent(db, 'membership.changed'))?.at.toISOString() };
  const sent = () => actingAs(db, orgAdmin.id).change(member.id, house.slug, ['caseworker'], { was: ['viewer'] });
  expect(await sent()).toMatchObject({ conflict: { changes: [here] } });
  expect(await act.change(member.id, house.slug, ['author'], { was: [] })).toMatchObject({
    conflict: { changes: [{ by: 'You' }] },
  });
  const { id } = await db.role.findUniqueOrThrow({ where: { key: 'org-admin' } });
  await db.rolePermission.deleteMany({ where: { roleId: id, permission: 'audit.read' } });
  expect(await sent()).toMatchObject({ conflict: { changes: [{ by: null, at: null }] } });

  await act.grant(member.id, 'expert');
  const everywhere = { by: 'Grace Hopper', at: (await lastEvent(db, 'role.granted'))?.at.toISOString() };
  const answer = await ada.changePlatform(member.id, ['author'], { was: [] });
  expect(answer).toMatchObject({ conflict: { changes: [everywhere] } });
});

test('the conflict names nobody if the newest event does not explain the roles', async () => {
  const house = await makeOrganization(db);
  const member = await makeMember(db, { organizationId: house.id, roles: ['viewer'] });
  const [ada, grace] = [actingAs(db, (await makeAdmin(db)).id), actingAs(db, (await makeAdmin(db)).id)];
  await grace.change(member.id, house.slug, ['viewer', 'staff'], { was: ['viewer'] });
  await db.membershipRole.create({
    data: { userId: member.id, organizationId: house.id, roleId: await roleId(db, 'caseworker') },
  });
  const answer = await ada.change(member.id, house.slug, ['viewer'], { version: 2, was: ['viewer', 'staff'] });
  expect(answer).toMatchObject({ conflict: { changes: [{ by: null, at: null }] } });
});
