import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { afterEach, expect, test } from 'vitest';
import { env } from '@/server/env';
import { actingAs, lastEvent, makeAdmin, refuses, rolesIn } from './memberships.support';

const { db } = await testDatabase();

afterEach(() => {
  env().SEVERAL_ORGANIZATIONS = false;
});

test('adding a member grants roles, fills the list columns, notifies the person and is audited', async () => {
  const ada = await makeAdmin(db);
  const acme = await makeOrganization(db, { name: 'Acme Corp' });
  const person = await makeUser(db, { firstName: 'Zoë', lastName: 'Ngata' });
  await actingAs(db, ada.id).add(person.id, acme.slug, ['viewer', 'caseworker']);

  const user = await db.user.findUniqueOrThrow({ where: { id: person.id } });
  expect(user.version).toBe(2);
  const membership = await db.membership.findFirstOrThrow({ where: { userId: person.id } });
  const { email, sortName, search, firstKey, lastKey, status, createdAt } = user;
  expect(membership).toMatchObject({ organizationId: acme.id, addedBy: ada.id, version: 1 });
  expect(membership).toMatchObject({ email, sortName, search, firstKey, lastKey, status, createdAt });
  expect(await rolesIn(db, person.id, acme.id)).toEqual(['caseworker', 'viewer']);
  expect((await canAs(db, person.id)).workplaces).toEqual([acme.id]);

  expect(await lastEvent(db, 'membership.added')).toMatchObject({
    actorId: ada.id,
    subjectId: person.id,
    organizationId: acme.id,
    body: { after: { organization: 'Acme Corp', roles: ['Caseworker', 'Viewer'] } },
  });
  const [mail, ...others] = await readOutbox(db);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ to: person.email, subject: 'You were added to Acme Corp' });
  for (const body of [mail?.text, mail?.html]) {
    expect(body).toContain('Caseworker and Viewer');
    expect(body).toContain(`${env().PUBLIC_URL}/account`);
  }
});

test('a deactivated person is added without a mail; invited and archived people are refused', async () => {
  const ada = await makeAdmin(db);
  const { slug } = await makeOrganization(db);
  const { add } = actingAs(db, ada.id);
  const deactivated = await makeUser(db, { status: 'inactive' });
  await add(deactivated.id, slug, ['viewer']);
  expect(await db.membership.findMany({ where: { userId: deactivated.id } })).toMatchObject([{ status: 'inactive' }]);
  expect(await db.email.count()).toBe(0);
  await refuses(add((await makeUser(db, { status: 'invited' })).id, slug), 'user.not_active');
  await refuses(add((await makeUser(db, { status: 'archived' })).id, slug), 'user.archived');
  await refuses(add(ada.id, slug), 'user.self');
});

test('adding refuses unknown, inactive and archived organizations and roles that do not fit', async () => {
  const ada = await makeAdmin(db);
  const { add } = actingAs(db, ada.id);
  const person = await makeUser(db);
  const { slug } = await makeOrganization(db);
  const inactive = await makeOrganization(db, { status: 'inactive' });
  await expect(add(person.id, inactive.slug)).rejects.toMatchObject({
    code: 'organization.unknown',
    words: 'This organization is inactive. A System Admin can reactivate it.',
  });
  await db.organization.update({ where: { id: inactive.id }, data: { status: 'archived' } });
  await expect(add(person.id, inactive.slug)).rejects.toMatchObject({ words: expect.stringContaining('archive') });
  await refuses(add(person.id, 'nowhere'), 'organization.unknown');
  await refuses(add(person.id, 'nul\u0000l'), 'organization.unknown');
  await refuses(add(person.id, slug, ['wizard']), 'role.unknown');
  await refuses(add(person.id, slug, ['system-admin']), 'grant.scope');
  await refuses(add('not-an-id', slug), 'not_found');
  expect(await db.membership.count()).toBe(0);
  expect(await db.auditEvent.count()).toBe(0);
});

test('a person joins one organization, or several if the setting allows it, but never the same one twice', async () => {
  const ada = await makeAdmin(db);
  const { add } = actingAs(db, ada.id);
  const member = await makeMember(db);
  const own = await db.organization.findUniqueOrThrow({ where: { id: member.organizationId } });
  const other = await makeOrganization(db);
  await refuses(add(member.id, own.slug), 'membership.exists');
  await refuses(add(member.id, other.slug), 'organization.one_only');
  env().SEVERAL_ORGANIZATIONS = true;
  await refuses(add(member.id, own.slug), 'membership.exists');
  await db.credential.create({ data: { userId: member.id, passwordHash: 'kept' } });
  await db.user.update({ where: { id: member.id }, data: { emailVerifiedAt: null } });
  await refuses(add(member.id, other.slug, ['viewer']), 'email.unconfirmed');
  await db.user.update({ where: { id: member.id }, data: { emailVerifiedAt: new Date() } });
  await add(member.id, other.slug, ['viewer']);
  expect(await db.membership.count({ where: { userId: member.id } })).toBe(2);
});

test('an org admin cannot add people without an invitation, even to their own organization', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const own = await db.organization.findUniqueOrThrow({ where: { id: orgAdmin.organizationId } });
  const person = await makeUser(db);
  await refuses(actingAs(db, orgAdmin.id).add(person.id, own.slug), 'not_found');
});

test('if two admins add the same person at the same time, only one succeeds', async () => {
  const [ada, grace] = [await makeAdmin(db), await makeAdmin(db)];
  const [one, two] = [await makeOrganization(db), await makeOrganization(db)];
  for (const [first, second] of [
    [one, one],
    [one, two],
  ] as const) {
    const person = await makeUser(db);
    const both = await Promise.allSettled([
      actingAs(db, ada.id).add(person.id, first.slug, ['viewer']),
      actingAs(db, grace.id).add(person.id, second.slug, ['staff']),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason.code).toBe(first === second ? 'membership.exists' : 'organization.one_only');
    expect(await db.membership.count({ where: { userId: person.id } })).toBe(1);
    expect(await db.membershipRole.count({ where: { userId: person.id } })).toBe(1);
    expect(await db.email.count({ where: { userId: person.id } })).toBe(1);
  }
});
