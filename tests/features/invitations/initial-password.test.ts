import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser, roleId, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { addUserWithPassword, generatePassword } from '@/features/invitations/initial-password.service';
import type { Invite } from '@/features/invitations/send.schema';
import { passwordProblems } from '@/lib/password-policy';
import { verifyPassword } from '@/server/auth/password';
import { events, inviteOf } from './invitations.support';

const { db } = await testDatabase();

const add = (userId: string, given: Partial<Invite>) =>
  workAs<'users.invite', { userId: string; password: string }>(db, userId, (work) =>
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
