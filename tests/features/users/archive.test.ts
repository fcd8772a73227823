import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, roleId, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { inviteUser } from '@/features/invitations/send.service';
import { archiveUser, restoreUser } from '@/features/users/archive.service';
import { deactivateUser, reactivateDue } from '@/features/users/deactivation.service';
import { getUser } from '@/features/users/details.queries';
import { listUsers } from '@/features/users/list.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import { findObstacle } from '@/features/users/obstacles.queries';
import { newId } from '@/lib/ids';
import { findLiveSession, startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import { operatorUnit } from '@/server/operator';
import type { Work } from '@/server/work';

const { db } = await testDatabase();
const request = { id: newId(), ip: null, userAgent: null, path: '/' };

const archive = (actorId: string, id: string, reason = 'Left') =>
  workAs(db, actorId, (work: Work<'users.archive'>) => archiveUser(work, { id, reason }));
const restore = (actorId: string, id: string) =>
  workAs(db, actorId, (work: Work<'users.archive'>) => restoreUser(work, { id, reason: '' }));

async function withPassword<T extends { id: string }>(user: T): Promise<T> {
  await db.credential.create({ data: { userId: user.id, passwordHash: 'kept' } });
  return user;
}

const systemAdmin = async () => withPassword(await makeUser(db, { roles: ['system-admin'] }));
const statusOf = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).status;

test('archiving ends sessions and keeps all access; restoring brings the same account back', async () => {
  const ada = await systemAdmin();
  const member = await withPassword(await makeMember(db, { roles: ['org-admin'] }));
  const group = await makeGroup(db, { organizationId: member.organizationId, roles: ['viewer'], members: [member.id] });
  const { token } = await startSession(writesOn(db), member.id, request);
  await archive(ada.id, member.id);
  expect(await findLiveSession(db, token)).toBeNull();
  expect(await db.session.findMany({ where: { userId: member.id } })).toMatchObject([{ endedAs: 'archived' }]);
  expect(await db.membership.findMany({ where: { userId: member.id } })).toMatchObject([{ status: 'archived' }]);
  const can = await canAs<'users.read'>(db, ada.id);
  const found = async (params: Record<string, string>) =>
    (await listUsers(can, parseUserFilter(params, 25), { roles: false, organizations: false })).rows.map(
      ({ id }) => id,
    );
  expect(await found({})).toEqual([ada.id]);
  expect(await found({ status: 'archived' })).toEqual([member.id]);
  expect((await getUser(can, member.id)).archive).toMatchObject({ by: 'platform', reason: 'Left' });

  await restore(ada.id, member.id);
  expect(await db.user.findUnique({ where: { id: member.id } })).toMatchObject({
    ...{ status: 'active', version: 3, archivedAt: null, archivedStatus: null, archivedBy: null, archivedReason: null },
  });
  expect((await canAs(db, member.id)).may('users.read', member.organizationId)).toBe(true);
  expect(await db.groupMember.count({ where: { groupId: group.id } })).toBe(1);
  const events = await db.auditEvent.findMany({ where: { subjectId: member.id }, orderBy: { seq: 'asc' } });
  expect(events.map(({ action, organizationId }) => [action, organizationId])).toEqual([
    ['user.archived', member.organizationId],
    ['user.restored', member.organizationId],
  ]);
  const { body } = await db.auditDetail.findUniqueOrThrow({ where: { eventId: events[0]?.id ?? '' } });
  const after = { status: 'archived', by: 'platform', sessionsEnded: 1 };
  expect(body).toMatchObject({ before: { status: 'active' }, after, reason: 'Left' });
});

test('a deactivation outlasts the archive, and its end date works only afterwards', async () => {
  const ada = await systemAdmin();
  const person = await withPassword(await makeUser(db));
  await workAs(db, ada.id, (work: Work<'users.deactivate'>) =>
    deactivateUser(work, { id: person.id, reason: 'On leave', until: '2099-12-31' }),
  );
  await archive(ada.id, person.id);
  await db.user.update({ where: { id: person.id }, data: { suspendedUntil: new Date(0) } });
  await operatorUnit('test', async (work) => {
    expect(await reactivateDue(work)).toBe(0);
    work.nothingChanged();
  });
  await restore(ada.id, person.id);
  expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({
    ...{ status: 'inactive', suspendedReason: 'On leave', deactivatedBy: 'platform' },
  });
  await operatorUnit('test', (work) => reactivateDue(work));
  expect(await statusOf(person.id)).toBe('active');
});

test('what the platform archived, an organization neither restores nor reads the reason of', async () => {
  const ada = await systemAdmin();
  const { id: organizationId } = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const viewer = await withPassword(await makeMember(db, { organizationId, roles: ['viewer'] }));
  const can = await canAs<'users.read'>(db, orgAdmin.id);
  await archive(ada.id, viewer.id);
  expect(await findObstacle(can, viewer.id, 'users.archive')).toBe('archived_by_platform');
  expect((await getUser(can, viewer.id)).archive).toMatchObject({ by: 'platform', reason: null });
  await expect(restore(orgAdmin.id, viewer.id)).rejects.toMatchObject({ code: 'user.archived_by_platform' });
  await restore(ada.id, viewer.id);

  await archive(orgAdmin.id, viewer.id);
  expect((await getUser(can, viewer.id)).archive).toMatchObject({ by: 'organization', reason: 'Left' });
  await restore(orgAdmin.id, viewer.id);
  expect(await statusOf(viewer.id)).toBe('active');
});

test('oneself, equals, people managed elsewhere, strangers and a second time are refused', async () => {
  const ada = await systemAdmin();
  const { id: organizationId } = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const equal = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const elsewhere = await makeMember(db, { organizationId });
  await makeMember(db, { userId: elsewhere.id });
  const stranger = await makeMember(db);
  await expect(archive(ada.id, ada.id)).rejects.toMatchObject({ code: 'user.self' });
  await expect(archive(orgAdmin.id, equal.id)).rejects.toMatchObject({ code: 'user.outranks' });
  await expect(archive(orgAdmin.id, elsewhere.id)).rejects.toMatchObject({ code: 'user.not_managed' });
  for (const id of [stranger.id, newId(), 'x']) {
    await expect(archive(orgAdmin.id, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(restore(orgAdmin.id, id)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(restore(ada.id, stranger.id)).rejects.toMatchObject({ code: 'user.not_archived' });
  await archive(ada.id, stranger.id);
  await expect(archive(ada.id, stranger.id)).rejects.toMatchObject({ code: 'user.archived' });
});

test('the last System Admin who can sign in is not archived', async () => {
  const ada = await systemAdmin();
  const helper = await makeUser(db, { roles: ['system-admin'] });
  await expect(archive(helper.id, ada.id)).rejects.toMatchObject({ code: 'user.last_admin' });
  await withPassword(helper);
  await archive(helper.id, ada.id);
  expect(await statusOf(ada.id)).toBe('archived');
});

test('restoring access that one does not have oneself is refused', async () => {
  const key = 'archivist';
  const permissions = ['users.read', 'users.archive'].map((permission) => ({ permission }));
  const role = { id: newId(), key, name: 'Archivist', description: '', scope: 'platform' as const };
  await db.role.create({ data: { ...role, permissions: { create: permissions } } });
  const archivist = await makeUser(db, { roles: [key] });
  const author = await withPassword(await makeUser(db, { roles: ['author'] }));
  await archive(archivist.id, author.id);
  await expect(restore(archivist.id, author.id)).rejects.toMatchObject({ code: 'grant.beyond_own' });
  await db.userRole.create({ data: { userId: archivist.id, roleId: await roleId(db, 'author') } });
  await restore(archivist.id, author.id);
});

test('inviting a person again restores them, unless the platform archived them and an organization invites', async () => {
  const ada = await systemAdmin();
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const invited = await makeUser(db, { status: 'invited' });
  await archive(ada.id, invited.id);
  const invite = (actorId: string, organizationId: string | null) =>
    workAs(db, actorId, (work: Work<'users.invite'>) =>
      inviteUser(work, {
        ...{ email: invited.email, firstName: 'Noor', lastName: 'Newcomer', organizationId },
        ...{ roleIds: [], groupIds: [], message: '' },
      }),
    );
  await invite(orgAdmin.id, orgAdmin.organizationId);
  expect(await statusOf(invited.id)).toBe('archived');
  await db.invitation.deleteMany();
  await invite(ada.id, null);
  expect(await db.user.findUnique({ where: { id: invited.id } })).toMatchObject({
    status: 'invited',
    archivedBy: null,
  });
});
