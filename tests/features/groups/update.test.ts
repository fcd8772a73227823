import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import type { UpdateGroupInput } from '@/features/groups/group.schema';
import { updateGroup } from '@/features/groups/update.service';
import type { Work } from '@/server/work';

const { db } = await testDatabase();

const update = (actorId: string, input: UpdateGroupInput) =>
  workAs(db, actorId, (work: Work<'groups.edit'>) => updateGroup(work, input));

function formOf(group: { id: string; name: string }, roles: string[]): UpdateGroupInput {
  return {
    id: group.id,
    name: group.name,
    description: '',
    roles,
    wasName: group.name,
    wasDescription: '',
    wasRoles: roles,
  };
}

async function rolesOf(groupId: string) {
  const rows = await db.groupRole.findMany({ where: { groupId }, select: { role: { select: { key: true } } } });
  return rows.map(({ role }) => role.key).sort();
}

async function systemAdmin() {
  const user = await makeUser(db, { roles: ['system-admin'] });
  await db.credential.create({ data: { userId: user.id, passwordHash: 'kept' } });
  return user;
}

test('a new name and other roles are saved, and the people in the group have them at once', async () => {
  const ada = await systemAdmin();
  const member = await makeUser(db);
  const group = await makeGroup(db, { name: 'Before', roles: ['member'], members: [member.id] });
  expect(await update(ada.id, formOf(group, ['member']))).toEqual({ kind: 'unchanged' });
  const form = { ...formOf(group, ['member']), name: 'After', description: 'Reads', roles: ['auditor'] };
  expect(await update(ada.id, form)).toEqual({ kind: 'saved' });
  expect(await db.group.findUnique({ where: { id: group.id } })).toMatchObject({ name: 'After', version: 2 });
  expect((await canAs(db, member.id)).may('audit.read', null)).toBe(true);
  const [event] = await db.auditEvent.findMany({ where: { action: 'group.updated' } });
  const { body } = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event?.id ?? '' } });
  expect(body).toMatchObject({ before: { name: 'Before', roles: ['Member'] }, after: { roles: ['Auditor'] } });
});

test('only the sender’s own changes of roles are applied; another name is not overwritten unseen', async () => {
  const ada = await systemAdmin();
  const group = await makeGroup(db, { name: 'Shared', roles: ['member'] });
  const opened = formOf(group, ['member']);
  await update(ada.id, { ...opened, name: 'Theirs', roles: ['member', 'author'] });
  expect(await update(ada.id, { ...opened, name: 'Mine' })).toMatchObject({
    kind: 'conflict',
    conflict: { changes: [{ field: 'the name', before: 'Shared', after: 'Theirs' }] },
    values: { name: 'Mine', wasName: 'Theirs' },
  });
  await update(ada.id, { ...opened, wasName: 'Theirs', roles: ['member', 'expert'] });
  expect(await rolesOf(group.id)).toEqual(['author', 'expert', 'member']);
});

test('a name that another group of the place has is refused at the field', async () => {
  const ada = await systemAdmin();
  await makeGroup(db, { name: 'Taken' });
  const group = await makeGroup(db);
  await expect(update(ada.id, { ...formOf(group, []), name: 'TAKEN' })).rejects.toMatchObject({
    code: 'group.exists',
    field: 'name',
  });
});

test('an org admin changes groups of their organization within their own access, and no others', async () => {
  const { id: organizationId } = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const group = await makeGroup(db, { organizationId, roles: ['viewer'] });
  const form = formOf(group, ['viewer']);
  expect(await update(orgAdmin.id, { ...form, roles: ['staff'] })).toEqual({ kind: 'saved' });
  expect(await rolesOf(group.id)).toEqual(['staff']);
  const wanted = { ...formOf(group, ['staff']), roles: ['system-admin'] };
  await expect(update(orgAdmin.id, wanted)).rejects.toMatchObject({ code: 'grant.scope' });
  for (const foreign of [
    await makeGroup(db),
    await makeGroup(db, { organizationId: (await makeOrganization(db)).id }),
  ]) {
    await expect(update(orgAdmin.id, formOf(foreign, []))).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('roles of a group with somebody of equal rank are a System Admin’s to change; its name is not', async () => {
  const { id: organizationId } = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const equal = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const viewer = await makeMember(db, { organizationId, roles: ['viewer'] });
  const group = await makeGroup(db, { organizationId, roles: ['viewer'], members: [viewer.id, equal.id] });
  const form = { ...formOf(group, ['viewer']), roles: ['staff'] };
  await expect(update(orgAdmin.id, form)).rejects.toMatchObject({ code: 'group.outranked' });
  expect(await update(orgAdmin.id, { ...formOf(group, ['viewer']), name: 'Renamed' })).toEqual({ kind: 'saved' });
  const ada = await systemAdmin();
  expect(await update(ada.id, { ...form, name: 'Renamed', wasName: 'Renamed' })).toEqual({ kind: 'saved' });
});

test('the last System Admins keep their role, also when they have it through two groups at once', async () => {
  const ada = await makeUser(db);
  await db.credential.create({ data: { userId: ada.id, passwordHash: 'kept' } });
  const one = await makeGroup(db, { roles: ['system-admin'], members: [ada.id] });
  const other = await makeGroup(db, { roles: ['system-admin'], members: [ada.id] });
  const without = (group: typeof one) => ({ ...formOf(group, ['system-admin']), roles: [] });
  const both = await Promise.allSettled([update(ada.id, without(one)), update(ada.id, without(other))]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: 'user.last_admin' });
});
