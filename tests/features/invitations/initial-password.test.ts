import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser, roleId, workAs } from '@tests/support/factories';
import { expect, onTestFinished, test } from 'vitest';
import { addUserWithPassword, generatePassword } from '@/features/invitations/initial-password.service';
import { maySetPassword } from '@/features/invitations/send.policy';
import type { Invite } from '@/features/invitations/send.schema';
import { getUser } from '@/features/users/details.queries';
import { passwordProblems } from '@/lib/password-policy';
import { verifyPassword } from '@/server/auth/password';
import { env } from '@/server/env';
import { events, inviteOf } from './invitations.support';

const { db } = await testDatabase();

const add = (userId: string, given: Partial<Invite>) =>
  workAs<'users.invite', { userId: string; password: string; expiresAt: Date }>(db, userId, (work) =>
    addUserWithPassword(work, inviteOf(given)),
  );

test('an initial password works, must be changed, and is stored only as a hash', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const acme = await makeOrganization(db);
  const { userId, password } = await add(ada.id, { organizationId: acme.id, roleIds: [await roleId(db, 'staff')] });
  const person = await db.user.findUniqueOrThrow({ where: { id: userId }, include: { credential: true } });
  expect(person).toMatchObject({ status: 'active', emailVerifiedAt: null });
  expect(person.credential?.mustChange).toBe(true);
  expect(await verifyPassword(person.credential, password)).toBe(true);
  expect(await db.membershipRole.count({ where: { userId, organizationId: acme.id } })).toBe(1);
  expect(await db.email.count()).toBe(0);
  expect(await events(db, 'user.created')).toHaveLength(1);
  expect(JSON.stringify(await db.auditDetail.findMany())).not.toContain(password);
});

test('an org admin cannot set passwords', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const added = add(admin.id, { organizationId: admin.organizationId });
  await expect(added).rejects.toMatchObject({ code: 'not_allowed' });
  expect(await db.credential.count()).toBe(0);
});

test('with the setting, an org admin sets one in the organization, and nowhere else', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const other = await makeOrganization(db);
  const viewer = await makeMember(db, { organizationId: admin.organizationId, roles: ['viewer'] });
  env().ORG_ADMINS_MAY_SET_PASSWORDS = true;
  onTestFinished(() => {
    env().ORG_ADMINS_MAY_SET_PASSWORDS = false;
  });
  const { userId } = await add(admin.id, { organizationId: admin.organizationId });
  expect(await db.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ emailVerifiedAt: null });
  for (const organizationId of [null, other.id]) {
    const added = add(admin.id, { organizationId });
    await expect(added).rejects.toMatchObject({ code: 'not_allowed' });
  }
  const added = add(viewer.id, { organizationId: admin.organizationId });
  await expect(added).rejects.toMatchObject({ code: 'not_allowed' });
});

test('the form offers a password only to those who may set one there', async () => {
  const ada = await canAs(db, (await makeUser(db, { roles: ['system-admin'] })).id);
  const { id, organizationId } = await makeMember(db, { roles: ['org-admin'] });
  const admin = await canAs(db, id);
  expect([maySetPassword(ada, null), maySetPassword(ada, organizationId)]).toEqual([true, true]);
  expect([maySetPassword(admin, null), maySetPassword(admin, organizationId)]).toEqual([false, false]);
});

test('ASVS 6.4.1: an initial password works for the days of the setting, and says until when', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const { userId, expiresAt } = await add(ada.id, {});
  const days = (expiresAt.getTime() - Date.now()) / (24 * 60 * 60 * 1000);
  expect(days).toBeGreaterThan(6.9);
  expect(days).toBeLessThanOrEqual(7);
  const credential = await db.credential.findUniqueOrThrow({ where: { userId } });
  expect(credential.expiresAt).toEqual(expiresAt);
  const shown = await getUser(await canAs(db, ada.id), userId);
  expect(shown).toMatchObject({ hasConfirmedEmail: false, initialPassword: { expiresAt, isExpired: false } });
  await db.credential.update({ where: { userId }, data: { expiresAt: new Date(0) } });
  const later = await getUser(await canAs(db, ada.id), userId);
  expect(later.initialPassword).toMatchObject({ isExpired: true });
});

test('an existing account gets no initial password', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const there = await makeUser(db, { status: 'invited' });
  await expect(add(ada.id, { email: there.email })).rejects.toMatchObject({ code: 'user.exists', field: 'email' });
  expect(await db.credential.count()).toBe(0);
});

test('generated passwords pass the policy and differ', () => {
  const made = Array.from({ length: 200 }, generatePassword);
  expect(new Set(made).size).toBe(200);
  for (const password of made) expect(passwordProblems(password), password).toEqual([]);
});
