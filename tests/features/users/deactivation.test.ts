import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, roleId, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { findOwnLatestChange } from '@/features/users/deactivation.queries';
import { deactivateUser, reactivateDue, reactivateUser, undoReactivation } from '@/features/users/deactivation.service';
import { getUser } from '@/features/users/details.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { newId } from '@/lib/ids';
import { findLiveSession, startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import { Fail, type FailCode } from '@/server/fail';
import { operatorUnit } from '@/server/operator';
import type { Work } from '@/server/work';

const { db } = await testDatabase();
const request = { id: newId(), ip: null, userAgent: null, path: '/' };

const systemAdmin = () => makeUserWithPassword(['system-admin']);

async function makeUserWithPassword(roles: string[] = []) {
  const user = await makeUser(db, { roles });
  await db.credential.create({ data: { userId: user.id, passwordHash: 'kept' } });
  return user;
}

function deactivate(actorId: string, id: string, given: { reason?: string; until?: string } = {}) {
  const input = { id, reason: given.reason ?? '', until: given.until ?? null };
  return workAs(db, actorId, (work: Work<'users.deactivate'>) => deactivateUser(work, input));
}

function reactivate(actorId: string, id: string) {
  return workAs(db, actorId, (work: Work<'users.deactivate'>) => reactivateUser(work, { id, reason: '' }));
}

const undo = (actorId: string, id: string) =>
  workAs(db, actorId, (work: Work<'users.deactivate'>) => undoReactivation(work, id));

const statusOf = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).status;

async function refuses(action: Promise<unknown>, code: FailCode) {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error instanceof Fail ? error.code : error).toBe(code);
}

test('deactivating ends the sessions, keeps the account, and shows in lists and in the audit log', async () => {
  const ada = await systemAdmin();
  const member = await makeMember(db, { roles: ['viewer'] });
  const { token } = await startSession(writesOn(db), member.id, request);
  await deactivate(ada.id, member.id, { reason: 'On leave', until: '2099-12-31' });

  const user = await db.user.findUniqueOrThrow({ where: { id: member.id } });
  expect(user).toMatchObject({ status: 'inactive', version: 2, suspendedReason: 'On leave' });
  expect(user.suspendedUntil?.toISOString()).toBe('2100-01-01T00:00:00.000Z');
  expect(await findLiveSession(db, token)).toBeNull();
  expect(await db.session.findMany({ where: { userId: member.id } })).toMatchObject([{ endedAs: 'suspended' }]);
  expect(await db.membership.findMany({ where: { userId: member.id } })).toMatchObject([{ status: 'inactive' }]);
  expect(await db.membershipRole.count({ where: { userId: member.id } })).toBe(1);
  const [event] = await db.auditEvent.findMany({ where: { action: 'user.deactivated' } });
  expect(event).toMatchObject({ actorId: ada.id, subjectId: member.id, organizationId: member.organizationId });
  const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event?.id ?? '' } });
  expect(detail.body).toMatchObject({
    before: { status: 'active' },
    after: { status: 'inactive', sessionsEnded: 1 },
    reason: 'On leave',
  });
});

test('reactivating lets somebody sign in at once; without a password they become invited', async () => {
  const ada = await systemAdmin();
  const person = await makeUserWithPassword();
  await deactivate(ada.id, person.id, { reason: 'A mistake' });
  await reactivate(ada.id, person.id);
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
    status: 'active',
    suspendedAt: null,
    suspendedReason: null,
    version: 3,
  });
  expect(await db.auditEvent.count({ where: { action: 'user.reactivated', subjectId: person.id } })).toBe(1);

  const never = await makeUser(db, { status: 'inactive' });
  await reactivate(ada.id, never.id);
  expect(await statusOf(never.id)).toBe('invited');
});

test('undoing one’s own reactivation brings back the reason and the last day', async () => {
  const ada = await systemAdmin();
  const grace = await systemAdmin();
  const person = await makeUserWithPassword();
  await deactivate(ada.id, person.id, { reason: 'On leave', until: '2099-12-31' });
  const before = await db.user.findUniqueOrThrow({ where: { id: person.id } });
  await refuses(undo(ada.id, person.id), 'user.not_active');
  await reactivate(ada.id, person.id);
  await refuses(undo(grace.id, person.id), 'user.not_active');
  const { token } = await startSession(writesOn(db), person.id, request);
  await undo(ada.id, person.id);
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({
    status: 'inactive',
    suspendedReason: before.suspendedReason,
    suspendedUntil: before.suspendedUntil,
  });
  expect(await findLiveSession(db, token)).toBeNull();
  expect(await db.auditEvent.count({ where: { action: 'user.deactivated', subjectId: person.id } })).toBe(2);

  // Somebody without a password becomes invited, and the reactivation can be undone all the same.
  const never = await makeUser(db, { status: 'inactive' });
  await reactivate(ada.id, never.id);
  await undo(ada.id, never.id);
  expect(await statusOf(never.id)).toBe('inactive');
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  await refuses(undo(orgAdmin.id, person.id), 'not_found');
});

test('undo is offered only for one’s own recent action, whatever a link says', async () => {
  const [ada, grace] = [await systemAdmin(), await systemAdmin()];
  const person = await makeUserWithPassword();
  const [own, other] = [await canAs<'users.read'>(db, ada.id), await canAs<'users.read'>(db, grace.id)];
  expect(await findOwnLatestChange(own, person.id)).toBeNull();
  await deactivate(ada.id, person.id);
  expect(await findOwnLatestChange(own, person.id)).toBe('user.deactivated');
  expect(await findOwnLatestChange(other, person.id)).toBeNull();
  await reactivate(grace.id, person.id);
  expect(await findOwnLatestChange(own, person.id)).toBeNull();
  expect(await findOwnLatestChange(other, person.id)).toBe('user.reactivated');
  expect(await findOwnLatestChange(own, 'x')).toBeNull();
});

test('a wrong status, a last day in the past and one’s own account are refused, and nothing changes', async () => {
  const ada = await systemAdmin();
  await systemAdmin();
  const invited = await makeUser(db, { status: 'invited' });
  const archived = await makeUser(db, { status: 'archived' });
  const active = await makeUser(db);
  await refuses(deactivate(ada.id, invited.id), 'user.not_active');
  await refuses(deactivate(ada.id, archived.id), 'user.not_active');
  await refuses(reactivate(ada.id, active.id), 'user.not_inactive');
  await refuses(deactivate(ada.id, active.id, { until: '2020-01-01' }), 'input');
  await refuses(deactivate(ada.id, ada.id), 'user.self');
  expect(await db.user.findMany({ where: { status: 'inactive' } })).toEqual([]);
  expect(await db.auditEvent.count()).toBe(0);
});

test('a stranger, an unknown id and a malformed id are not found, to read or to change', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const stranger = await makeMember(db);
  const can = await canAs<'users.read'>(db, orgAdmin.id);
  for (const id of [stranger.id, newId(), 'x', "' OR true --", '', '../1']) {
    await refuses(deactivate(orgAdmin.id, id), 'not_found');
    await refuses(reactivate(orgAdmin.id, id), 'not_found');
    await refuses(getUser(can, id), 'not_found');
  }
  expect(await statusOf(stranger.id)).toBe('active');
});

test('an org admin deactivates people they manage, but nobody of equal or higher rank', async () => {
  const organization = await makeOrganization(db);
  const organizationId = organization.id;
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const can = await canAs<'users.read'>(db, orgAdmin.id);
  const viewer = await makeMember(db, { organizationId, roles: ['viewer'] });
  const equal = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const auditor = await makeMember(db, { organizationId });
  await db.userRole.create({ data: { userId: auditor.id, roleId: await roleId(db, 'auditor') } });
  const elsewhere = await makeMember(db, { organizationId });
  await makeMember(db, { userId: elsewhere.id });
  const grouped = await makeMember(db, { organizationId });
  await makeGroup(db, { roles: ['author'], members: [grouped.id] });

  await deactivate(orgAdmin.id, viewer.id);
  expect(await statusOf(viewer.id)).toBe('inactive');
  await refuses(deactivate(orgAdmin.id, equal.id), 'user.outranks');
  for (const { id } of [auditor, elsewhere, grouped]) {
    await refuses(deactivate(orgAdmin.id, id), 'user.not_managed');
    expect(await findObstacle(can, id)).toBe('not_managed');
    expect(await getUser(can, id)).toMatchObject({ isManaged: false, deactivation: null });
  }
  expect(await findObstacle(can, equal.id)).toBe('outranked');
  expect((await getUser(can, elsewhere.id)).memberships.map(({ id }) => id)).toEqual([organizationId]);
  expect((await getUser(can, auditor.id)).roles).toEqual([]);

  const ada = await systemAdmin();
  await deactivate(ada.id, equal.id);
  expect(await statusOf(equal.id)).toBe('inactive');
});

test('the last System Admin who can sign in stays, even if others have the role', async () => {
  const ada = await systemAdmin();
  const grace = await systemAdmin();
  await makeUser(db, { roles: ['system-admin'] });
  await deactivate(ada.id, grace.id);
  const helper = await makeUser(db);
  await makeGroup(db, { roles: ['system-admin'], members: [helper.id] });
  await refuses(deactivate(helper.id, ada.id), 'user.last_admin');
  await db.credential.create({ data: { userId: helper.id, passwordHash: 'kept' } });
  await deactivate(helper.id, ada.id);
  expect(await statusOf(ada.id)).toBe('inactive');
});

test('when the last two System Admins deactivate each other at once, one stays, fifty times', {
  timeout: 120_000,
}, async () => {
  for (let round = 0; round < 50; round += 1) {
    await db.userRole.deleteMany({});
    const [ada, grace] = [await systemAdmin(), await systemAdmin()];
    const results = await Promise.allSettled([deactivate(ada.id, grace.id), deactivate(grace.id, ada.id)]);
    const active = await db.user.count({ where: { id: { in: [ada.id, grace.id] }, status: 'active' } });
    expect(active, `round ${round}`).toBe(1);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
});

test('a deactivation ends automatically after its last day, with an audit event', async () => {
  const ada = await systemAdmin();
  const [due, later] = [await makeUserWithPassword(), await makeUserWithPassword()];
  await makeMember(db, { userId: due.id });
  await deactivate(ada.id, due.id, { until: '2099-01-01' });
  await deactivate(ada.id, later.id, { until: '2099-01-01' });
  await db.user.update({ where: { id: due.id }, data: { suspendedUntil: new Date(Date.now() - 1000) } });
  expect(await operatorUnit('test', reactivateDue)).toBe(1);
  expect(await statusOf(due.id)).toBe('active');
  expect(await statusOf(later.id)).toBe('inactive');
  expect(await db.membership.findMany({ where: { userId: due.id } })).toMatchObject([{ status: 'active' }]);
  expect(await db.auditEvent.count({ where: { action: 'user.reactivated', subjectId: due.id } })).toBe(1);
});

test('the deactivation of somebody with a platform role is not in their organization’s log', async () => {
  const ada = await systemAdmin();
  const member = await makeMember(db);
  await db.credential.create({ data: { userId: member.id, passwordHash: 'kept' } });
  await db.userRole.create({ data: { userId: member.id, roleId: await roleId(db, 'auditor') } });
  await deactivate(ada.id, member.id, { reason: 'Under inquiry', until: '2099-12-31' });
  await db.user.update({ where: { id: member.id }, data: { suspendedUntil: new Date(0) } });
  await operatorUnit('test', (work) => reactivateDue(work));
  await deactivate(ada.id, member.id);
  await reactivate(ada.id, member.id);
  const logged = await db.auditEvent.findMany({ where: { subjectId: member.id } });
  expect(logged.map(({ action }) => action).sort()).toEqual(
    ['user.reactivated', 'user.reactivated', 'user.deactivated', 'user.deactivated'].sort(),
  );
  expect(logged.filter(({ organizationId }) => organizationId !== null)).toEqual([]);
});
