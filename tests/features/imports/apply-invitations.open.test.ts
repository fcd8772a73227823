import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { inviteUser } from '@/features/invitations/send.service';
import { importFile, upload, validate } from './import.support';

const { db } = await testDatabase();

/** Somebody who was invited to one organization and has not accepted yet. */
async function world() {
  const acme = await makeOrganization(db, { slug: 'acme' });
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const input = { email: 'p@example.com', firstName: 'A', lastName: 'B', organizationId: acme.id, message: '' };
  await workAs<'users.invite', unknown>(db, admin.id, (work) =>
    inviteUser(work, { ...input, roleIds: [], groupIds: [] }),
  );
  return { admin, person: await db.user.findUniqueOrThrow({ where: { email: 'p@example.com' } }) };
}

test('an invited person gets platform roles through a second invitation and only after accepting it', async () => {
  const { admin, person } = await world();
  await importFile(db, admin.id, 'email,role\np@example.com,member');
  expect(await db.userRole.count({ where: { userId: person.id } })).toBe(0);
  const invitation = await db.invitation.findFirstOrThrow({
    where: { organizationId: null },
    include: { roles: { include: { role: true } } },
  });
  expect(invitation).toMatchObject({ userId: person.id, roles: [{ role: { key: 'member' } }] });
});

test('a new name alone sends no second invitation', async () => {
  const { admin, person } = await world();
  await importFile(db, admin.id, 'email,last_name\np@example.com,New');
  expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ lastName: 'New' });
  expect(await db.invitation.count()).toBe(1);
});

test('an invited person marked as suspended gets no second invitation', async () => {
  const { admin, person } = await world();
  const { id } = await upload(db, admin.id, 'email,role,status\np@example.com,member,suspended');
  await validate(db, admin.id, id);
  expect(await db.planRow.findFirstOrThrow()).toMatchObject({
    subjectId: person.id,
    verdict: 'unchanged',
    reasons: [{ code: 'suspended_left_out' }],
  });
});
