import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { actingAs, makeAdmin, refuses, rolesIn } from './support';

const { db } = await testDatabase();

async function begin(roles: string[]) {
  const house = await makeOrganization(db);
  const member = await makeMember(db, { organizationId: house.id, roles });
  const [ada, grace] = [await makeAdmin(db), await makeAdmin(db)];
  return { house, member, ada: actingAs(db, ada.id), grace: actingAs(db, grace.id) };
}

test('the second editor is told what the first one saved, and keeps both changes by sending again', async () => {
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

test('at the same instant one saves and the other is told', async () => {
  const { house, member, ada, grace } = await begin(['viewer']);
  const was = ['viewer'];
  const answers = await Promise.all([
    ada.change(member.id, house.slug, ['viewer', 'staff'], { was }),
    grace.change(member.id, house.slug, ['caseworker'], { was }),
  ]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['conflict', 'saved']);
  expect(await db.auditEvent.count({ where: { action: 'membership.changed' } })).toBe(1);
});

test('a profile saved meanwhile does not stand in the way of roles on the platform', async () => {
  const { member, ada } = await begin([]);
  await db.user.update({ where: { id: member.id }, data: { version: 7 } });
  expect(await ada.changePlatform(member.id, ['author'], { version: 1, was: [] })).toEqual({ kind: 'saved' });
  expect(await ada.changePlatform(member.id, ['expert'], { version: 1, was: [] })).toMatchObject({ kind: 'conflict' });
  expect(await ada.changePlatform(member.id, ['expert'], { version: 1 })).toMatchObject({ kind: 'conflict' });
});

test('a membership changed after its ending was opened is not ended, and one that ended is not there', async () => {
  const { house, member, ada, grace } = await begin(['viewer']);
  await ada.change(member.id, house.slug, ['staff']);
  await refuses(grace.end(member.id, house.slug, 1), 'changed_meanwhile');
  await grace.end(member.id, house.slug, 2);
  await refuses(ada.end(member.id, house.slug, 2), 'not_found');
  await refuses(ada.change(member.id, house.slug, ['viewer'], { version: 2 }), 'not_found');
  expect(await db.auditEvent.count({ where: { action: 'membership.ended' } })).toBe(1);
});
