import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { refuses } from '../users.support';
import { changes } from './email-change.support';

const { db, owner } = await testDatabase();
const { request, confirm, token } = changes(db);

const systemAdmin = () => makeUser(db, { firstName: 'Ada', lastName: 'Admin', roles: ['system-admin'] });
const emailOf = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).email;
const events = (action: string) => db.auditEvent.findMany({ where: { action }, orderBy: { seq: 'asc' } });
const bodyOf = async (action: string) => {
  const [event] = await events(action);
  return (await db.auditDetail.findUniqueOrThrow({ where: { eventId: event?.id ?? '' } })).body;
};

test('exactly one of two people who confirm one address at once gets it, thirty times', {
  timeout: 60_000,
}, async () => {
  const ada = await systemAdmin();
  for (let round = 0; round < 30; round += 1) {
    const people = [await makeUser(db), await makeUser(db)];
    const email = `wanted-${round}@example.com`;
    for (const { id } of people) await request(ada.id, id, email);
    const tokens = await Promise.all(people.map(({ id }) => token(id)));
    const outcomes = await Promise.allSettled(tokens.map(confirm));
    expect(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      `round ${round}`,
    ).toHaveLength(1);
    expect(outcomes).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'email_change.taken' }) }),
    );
    expect(await db.user.count({ where: { email } })).toBe(1);
    // The other person's request stays open; nothing of theirs was changed.
    expect(await db.emailChange.count({ where: { email, endedAt: null } })).toBe(1);
    await db.throttle.deleteMany({});
  }
});

test('one link confirmed twenty times at once changes the address once', async () => {
  const ada = await systemAdmin();
  const person = await makeUser(db);
  await request(ada.id, person.id, 'new@example.com');
  const link = await token(person.id);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => confirm(link)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await events('user.email_changed')).toHaveLength(1);
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ version: 2 });
});

test('the requester’s right, the person and the address are checked again when the change takes effect', async () => {
  const organization = await makeOrganization(db);
  const { id: organizationId } = organization;
  const orgAdmin = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const person = await makeMember(db, { organizationId });
  await request(orgAdmin.id, person.id, 'new@example.com');
  const link = await token(person.id);

  await owner.query(`INSERT INTO "user" (id, email, status) VALUES ($1, 'new@example.com', 'active')`, [newId()]);
  await refuses(confirm(link), 'email_change.taken');
  await db.user.delete({ where: { email: 'new@example.com' } });

  await db.user.update({
    where: { id: person.id },
    data: { status: 'archived', archivedAt: new Date(), archivedStatus: 'active' },
  });
  await refuses(confirm(link), 'email_change.expired');
  await db.user.update({
    where: { id: person.id },
    data: { status: 'active', archivedAt: null, archivedStatus: null },
  });

  await db.userRole.create({ data: { userId: person.id, roleId: await roleId(db, 'auditor') } });
  expect(await confirm(link)).toBe('withdrawn');
  expect(await emailOf(person.id)).toBe(person.email);
  expect(await bodyOf('user.email_change_cancelled')).toMatchObject({ reason: expect.stringMatching(/no longer/) });
  await refuses(confirm(link), 'email_change.expired');
});

test('an email-change link dies when its requester loses the right or leaves, or when the person leaves', async () => {
  const organization = await makeOrganization(db);
  for (const lose of ['role', 'status', 'person'] as const) {
    const orgAdmin = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
    const person = await makeMember(db, { organizationId: organization.id });
    await request(orgAdmin.id, person.id, `new-${lose}@example.com`);
    const link = await token(person.id);
    if (lose === 'role') await db.membershipRole.deleteMany({ where: { userId: orgAdmin.id } });
    if (lose === 'status') await db.user.update({ where: { id: orgAdmin.id }, data: { status: 'inactive' } });
    if (lose === 'person') await db.membership.deleteMany({ where: { userId: person.id } });
    expect(await confirm(link), lose).toBe('withdrawn');
    expect(await emailOf(person.id)).toBe(person.email);
  }
});
