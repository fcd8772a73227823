import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { largeGroup } from '@/features/groups/deletion.policy';
import { deleteGroup } from '@/features/groups/deletion.service';
import { getGroup, listGroups } from '@/features/groups/list.queries';
import { findMembers } from '@/features/groups/members.queries';
import { listUsers } from '@/features/users/list.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import { newId } from '@/lib/ids';
import { readNameList } from '@/lib/name-list';
import type { Work } from '@/server/work';

const { db } = await testDatabase();

const remove = (actorId: string, id: string, typed = '') =>
  workAs(db, actorId, (work: Work<'groups.delete'>) => deleteGroup(work, { id, typed }));

async function systemAdmin() {
  const user = await makeUser(db, { roles: ['system-admin'] });
  await db.credential.create({ data: { userId: user.id, passwordHash: 'kept' } });
  return user;
}

test('a deleted group grants nothing, and everybody in it has that in their history', async () => {
  const ada = await systemAdmin();
  const member = await makeUser(db);
  const group = await makeGroup(db, { name: 'Ending', roles: ['auditor'], members: [member.id] });
  await remove(ada.id, group.id);
  expect((await canAs(db, member.id)).may('audit.read')).toBe(false);
  const events = await db.auditEvent.findMany({ orderBy: { seq: 'asc' } });
  expect(events.map(({ action, subjectId }) => [action, subjectId])).toEqual([
    ['group.deleted', group.id],
    ['group.left', member.id],
  ]);
  const { body } = await db.auditDetail.findUniqueOrThrow({ where: { eventId: events[0]?.id ?? '' } });
  expect(body).toMatchObject({ before: { name: 'Ending', roles: ['Auditor'], people: 1 } });
});

test('the name of a large group has to be typed', async () => {
  const ada = await systemAdmin();
  const people = Array.from({ length: largeGroup }, () => newId());
  await db.user.createMany({
    data: people.map((id) => ({ id, email: `${id}@example.com`, status: 'active' as const })),
  });
  const group = await makeGroup(db, { name: 'Everybody', members: people });
  await expect(remove(ada.id, group.id, 'everybody')).rejects.toMatchObject({ code: 'input' });
  await remove(ada.id, group.id, 'Everybody');
  expect(await db.auditEvent.count({ where: { action: 'group.left' } })).toBe(largeGroup);
});

test('beyond one’s own access, one’s scope, one’s rank, or the last System Admin it is refused', async () => {
  const ada = await systemAdmin();
  const { id: organizationId } = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const equal = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const platform = await makeGroup(db);
  const shared = await makeGroup(db, { organizationId, roles: ['viewer'], members: [equal.id] });
  const admins = await makeGroup(db, { roles: ['system-admin'], members: [ada.id] });
  await db.userRole.deleteMany({ where: { userId: ada.id } });
  await expect(remove(orgAdmin.id, platform.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(remove(orgAdmin.id, shared.id)).rejects.toMatchObject({ code: 'group.outranked' });
  await expect(remove(ada.id, admins.id)).rejects.toMatchObject({ code: 'user.last_admin' });
  await expect(remove(ada.id, 'x')).rejects.toMatchObject({ code: 'not_found' });
  expect(await db.group.count()).toBe(3);
});

test('the list of groups, a group’s page, its people and the list of users count the same people', async () => {
  const ada = await systemAdmin();
  const { id: organizationId } = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const statuses = ['active', 'inactive', 'archived', 'active'] as const;
  const people = await Promise.all(statuses.map((status) => makeMember(db, { organizationId, status })));
  const group = await makeGroup(db, { organizationId, members: people.map(({ id }) => id) });
  for (const { id } of [ada, orgAdmin]) {
    const can = await canAs<'groups.read' | 'groups.update' | 'users.read'>(db, id);
    const [row] = (await listGroups(can, readNameList({}))).rows;
    const detail = await getGroup(can, group.id);
    const users = await listUsers(can, parseUserFilter({ group: group.id }, 25), {
      roles: false,
      organizations: false,
    });
    const members = await findMembers(can, detail, '');
    expect([row?.members, detail.members, users.count, members.rows.length]).toEqual([3, 3, 3, 3]);
    expect(members.rows.every(({ isMember }) => isMember)).toBe(true);
  }
});

test('a search offers the people of the group’s place, whether they are in it or not', async () => {
  const { id: organizationId } = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const inside = await makeMember(db, { organizationId, firstName: 'Quillfeather' });
  await makeMember(db, { firstName: 'Quillfeather' });
  const group = await makeGroup(db, { organizationId });
  const can = await canAs<'groups.update'>(db, orgAdmin.id);
  expect((await findMembers(can, group, 'quillf')).rows).toMatchObject([{ id: inside.id, isMember: false }]);
});
