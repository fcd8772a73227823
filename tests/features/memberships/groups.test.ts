import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { findGroups } from '@/features/memberships/groups.queries';
import { changeGroups } from '@/features/memberships/groups.service';
import { newId } from '@/lib/ids';
import type { Work } from '@/server/work';
import { lastEvent, makeAdmin, refuses } from './memberships.support';

const { db } = await testDatabase();

const change = (actorId: string, id: string, groups: string[], was: string[] = []) =>
  workAs(db, actorId, (work: Work<'groups.update'>) => changeGroups(work, { id, groups, was }));
const groupsOf = async (userId: string) =>
  (await db.groupMember.findMany({ where: { userId } })).map(({ groupId }) => groupId).sort();

async function house() {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = orgAdmin;
  const member = await makeMember(db, { organizationId, roles: ['viewer'] });
  const group = await makeGroup(db, { organizationId, name: 'Night shift', roles: ['caseworker'] });
  return { orgAdmin, member, group, organizationId };
}

test('an org admin adds a member to a group and removes them: row, version, audit event and access', async () => {
  const { orgAdmin, member, group, organizationId } = await house();
  expect(await change(orgAdmin.id, member.id, [group.id])).toBe(true);
  expect(await db.groupMember.findFirst()).toMatchObject({ groupId: group.id, addedBy: orgAdmin.id });
  expect(await db.user.findUnique({ where: { id: member.id } })).toMatchObject({ version: 2 });
  expect((await canAs(db, member.id)).may('caseload.manage' as never, organizationId)).toBe(true);
  expect(await lastEvent(db, 'group.joined')).toMatchObject({
    subjectId: member.id,
    organizationId,
    body: { after: { group: 'Night shift' } },
  });
  expect(await change(orgAdmin.id, member.id, [], [group.id])).toBe(true);
  expect(await groupsOf(member.id)).toEqual([]);
  expect(await lastEvent(db, 'group.left')).toMatchObject({ body: { before: { group: 'Night shift' } } });
});

test('only the sender’s changes to groups are applied; what others changed meanwhile stays', async () => {
  const { orgAdmin, member, group, organizationId } = await house();
  const other = await makeGroup(db, { organizationId, members: [member.id] });
  expect(await change(orgAdmin.id, member.id, [group.id], [])).toBe(true);
  expect(await groupsOf(member.id)).toEqual([group.id, other.id].sort());
  expect(await change(orgAdmin.id, member.id, [group.id], [])).toBe(false);
  expect(await change(orgAdmin.id, member.id, [group.id], [group.id])).toBe(false);
  expect(await db.auditEvent.count()).toBe(1);
});

test('an org admin cannot use groups of the platform or other organizations, or change people elsewhere', async () => {
  const { orgAdmin, member, group } = await house();
  const platform = await makeGroup(db, { roles: ['member'] });
  const foreign = await house();
  await refuses(change(orgAdmin.id, member.id, [platform.id]), 'group.unknown');
  await refuses(change(orgAdmin.id, member.id, [foreign.group.id]), 'group.unknown');
  await refuses(change(orgAdmin.id, member.id, [newId()]), 'group.unknown');
  await refuses(change(orgAdmin.id, foreign.member.id, [group.id]), 'not_found');
  await refuses(change(orgAdmin.id, foreign.member.id, []), 'not_found');
  await refuses(change(orgAdmin.id, orgAdmin.id, [group.id]), 'user.self');
  const equal = await makeMember(db, { organizationId: orgAdmin.organizationId, roles: ['org-admin'] });
  await refuses(change(orgAdmin.id, equal.id, [group.id]), 'user.outranks');
  expect(await db.auditEvent.count()).toBe(0);
  const found = await findGroups(await canAs<'groups.update'>(db, orgAdmin.id), member.id, '');
  expect(found.groups.map(({ id, isTheirs }) => [id, isTheirs])).toEqual([[group.id, true]]);
});

test('groups are found by part of the name, with the person’s own groups first', async () => {
  const ada = await makeAdmin(db);
  const member = await makeMember(db);
  const own = await makeGroup(db, { name: 'Zebra', members: [member.id] });
  const elsewhere = await makeOrganization(db);
  await makeGroup(db, { name: 'Écoles of others', organizationId: elsewhere.id });
  const school = await makeGroup(db, { name: 'Écoles' });
  await makeGroup(db, { name: 'Another' });
  const can = await canAs<'groups.update'>(db, ada.id);
  expect((await findGroups(can, member.id, 'ecol')).groups.map(({ id }) => id)).toEqual([own.id, school.id]);
  expect((await findGroups(can, member.id, '')).groups.map(({ name }) => name)).toEqual(['Zebra', 'Another', 'Écoles']);
});

test('an archived person joins no group, and nobody grants a group beyond their own access', async () => {
  const { orgAdmin, group, organizationId } = await house();
  const archived = await makeMember(db, { organizationId, status: 'archived' });
  await refuses(change(orgAdmin.id, archived.id, [group.id]), 'user.archived');
  const permissions = { create: [{ permission: 'groups.update' }, { permission: 'users.invite' }] };
  const role = { id: newId(), key: 'group-editor', name: 'Group editor', description: '', scope: 'platform' as const };
  await db.role.create({ data: { ...role, permissions } });
  const editor = await makeAdmin(db, ['group-editor']);
  const strong = await makeGroup(db, { roles: ['system-admin'] });
  await refuses(change(editor.id, (await makeUser(db)).id, [strong.id]), 'grant.beyond_own');
});

test('the last System Admin cannot leave the group that makes them one, even with two requests at once', async () => {
  const group = await makeGroup(db, { roles: ['system-admin'] });
  const [ada, grace] = [await makeAdmin(db, []), await makeAdmin(db, [])];
  await db.groupMember.createMany({ data: [ada, grace].map(({ id }) => ({ groupId: group.id, userId: id })) });
  const both = await Promise.allSettled([
    change(ada.id, grace.id, [], [group.id]),
    change(grace.id, ada.id, [], [group.id]),
  ]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await db.groupMember.count()).toBe(1);
});
