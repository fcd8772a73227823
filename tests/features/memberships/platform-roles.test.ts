import { testDatabase } from '@tests/support/database';
import { makeGroup, makeMember, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { findLiveSession, startSession } from '@/server/auth/session';
import { writesOn } from '@/server/db/statements';
import { actingAs, lastEvent, makeAdmin, platformRoles, refuses } from './memberships.support';

const { db } = await testDatabase();
const request = { id: newId(), ip: null, userAgent: null, path: '/' };

test('platform roles are granted and revoked with a row, a version, one event each and immediate access', async () => {
  const ada = await makeAdmin(db);
  const person = await makeUser(db);
  const { token } = await startSession(writesOn(db), person.id, request);
  const { changePlatform } = actingAs(db, ada.id);
  expect(await changePlatform(person.id, ['auditor', 'author'])).toEqual({ kind: 'saved' });
  expect(await platformRoles(db, person.id)).toEqual(['auditor', 'author']);
  expect((await findLiveSession(db, token))?.grants).toContainEqual({ permission: 'audit.read', organizationId: null });
  expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({ version: 2 });
  expect(await db.auditEvent.count({ where: { action: 'role.granted', subjectId: person.id } })).toBe(2);

  await changePlatform(person.id, ['author'], { version: 2 });
  expect((await findLiveSession(db, token))?.grants.map(({ permission }) => permission)).not.toContain('audit.read');
  expect(await lastEvent(db, 'role.revoked')).toMatchObject({
    actorId: ada.id,
    subjectId: person.id,
    organizationId: null,
    body: { before: { role: 'Auditor', key: 'auditor' } },
  });
  expect(await changePlatform(person.id, ['author'], { version: 3 })).toEqual({ kind: 'unchanged' });
});

test('granting or revoking a single role reports whether anything changed', async () => {
  const ada = await makeAdmin(db);
  const person = await makeUser(db);
  const { grant, revoke } = actingAs(db, ada.id);
  expect(await grant(person.id, 'expert')).toBe(true);
  expect(await grant(person.id, 'expert')).toBe(false);
  expect(await revoke(person.id, 'expert')).toBe(true);
  expect(await revoke(person.id, 'expert')).toBe(false);
  await refuses(grant(person.id, 'org-admin'), 'grant.scope');
  await refuses(grant(person.id, 'wizard'), 'role.unknown');
});

test('nobody changes their own roles, and invited and archived people get none', async () => {
  const ada = await makeAdmin(db);
  const { grant, revoke } = actingAs(db, ada.id);
  await makeAdmin(db);
  await refuses(revoke(ada.id, 'system-admin'), 'user.self');
  await refuses(grant(ada.id, 'auditor'), 'user.self');
  await refuses(grant((await makeUser(db, { status: 'invited' })).id, 'author'), 'user.not_active');
  await refuses(grant((await makeUser(db, { status: 'archived' })).id, 'author'), 'user.archived');
  await refuses(grant(newId(), 'author'), 'not_found');
  expect(await db.auditEvent.count()).toBe(0);
});

test('a platform admin only grants access they have, and cannot change System Admins', async () => {
  const permissions = { create: [{ permission: 'roles.grant' }, { permission: 'users.read' }] };
  const role = { id: newId(), key: 'granter', name: 'Granter', description: '', scope: 'platform' as const };
  await db.role.create({ data: { ...role, permissions } });
  const granter = await makeAdmin(db, ['granter']);
  const { grant, revoke } = actingAs(db, granter.id);
  const person = await makeUser(db, { roles: ['auditor'] });
  await refuses(grant(person.id, 'system-admin'), 'user.outranks');
  await refuses(revoke(person.id, 'auditor'), 'user.outranks');
  const plain = await makeUser(db, { roles: ['member'] });
  await refuses(grant(plain.id, 'system-admin'), 'grant.beyond_own');
  await refuses(grant(plain.id, 'author'), 'grant.beyond_own');
  await refuses(revoke(plain.id, 'member'), 'grant.beyond_own');
  expect(await grant(plain.id, 'granter')).toBe(true);
  await refuses(revoke(plain.id, 'granter'), 'user.outranks');
  await refuses(revoke((await makeAdmin(db)).id, 'system-admin'), 'user.outranks');
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  await refuses(actingAs(db, orgAdmin.id).grant(plain.id, 'member'), 'not_found');
});

test('the last System Admin who can sign in keeps the role', async () => {
  const ada = await makeAdmin(db);
  const grace = await makeAdmin(db);
  await makeUser(db, { roles: ['system-admin'] });
  await actingAs(db, ada.id).revoke(grace.id, 'system-admin');
  expect(await platformRoles(db, grace.id)).toEqual([]);
  // A person without a password cannot sign in, so they do not count as the one who remains.
  const helpless = await makeUser(db, { roles: ['system-admin'] });
  await refuses(actingAs(db, helpless.id).revoke(ada.id, 'system-admin'), 'user.last_admin');
  await refuses(actingAs(db, helpless.id).changePlatform(ada.id, ['auditor']), 'user.last_admin');
  expect(await platformRoles(db, ada.id)).toEqual(['system-admin']);
});

test('the last System Admin can lose the role if a group still makes them one', async () => {
  const helper = await makeUser(db, { roles: ['system-admin'] });
  const ada = await makeAdmin(db);
  await makeGroup(db, { roles: ['system-admin'], members: [ada.id] });
  expect(await actingAs(db, helper.id).revoke(ada.id, 'system-admin')).toBe(true);
  expect(await platformRoles(db, ada.id)).toEqual([]);
});

test('if two System Admins demote each other at the same time, one remains', async () => {
  for (let round = 0; round < 10; round += 1) {
    await db.userRole.deleteMany();
    const [ada, grace] = [await makeAdmin(db), await makeAdmin(db)];
    const both = await Promise.allSettled([
      actingAs(db, ada.id).revoke(grace.id, 'system-admin'),
      actingAs(db, grace.id).changePlatform(ada.id, []),
    ]);
    const remaining = await db.userRole.count({ where: { role: { key: 'system-admin' } } });
    expect(remaining).toBe(1);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
  expect(await db.auditEvent.count({ where: { action: 'role.revoked' } })).toBe(10);
});
