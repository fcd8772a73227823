import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { deactivateOrganization, reactivateOrganization } from '@/features/organizations/deactivation.service';
import type { Work } from '@/server/work';

const { db } = await testDatabase();
const systemAdmin = () => makeUser(db, { roles: ['system-admin'] });

const deactivate = (actorId: string, id: string) =>
  workAs(db, actorId, (work: Work<'organizations.deactivate'>) =>
    deactivateOrganization(work, { id, reason: 'Contract ended' }),
  );
const reactivate = (actorId: string, id: string) =>
  workAs(db, actorId, (work: Work<'organizations.deactivate'>) => reactivateOrganization(work, { id, reason: '' }));

test('roles and groups of an inactive organization grant nothing, and all of it comes back', async () => {
  const admin = await systemAdmin();
  const organization = await makeOrganization(db, { slug: 'sleeping' });
  const member = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  const grouped = await makeMember(db, { organizationId: organization.id });
  await makeGroup(db, { organizationId: organization.id, roles: ['org-admin'], members: [grouped.id] });
  const mayRead = async () =>
    Promise.all([member, grouped].map(async ({ id }) => (await canAs(db, id)).may('users.read', organization.id)));
  expect(await mayRead()).toEqual([true, true]);
  expect(await deactivate(admin.id, organization.id)).toBe('sleeping');
  expect(await mayRead()).toEqual([false, false]);
  expect(await db.user.findUnique({ where: { id: member.id } })).toMatchObject({ status: 'active' });
  await reactivate(admin.id, organization.id);
  expect(await mayRead()).toEqual([true, true]);

  const events = await db.auditEvent.findMany({ where: { subjectId: organization.id }, orderBy: { seq: 'asc' } });
  expect(events.map(({ action }) => action)).toEqual(['organization.deactivated', 'organization.reactivated']);
  const { body } = await db.auditDetail.findUniqueOrThrow({ where: { eventId: events[0]?.id ?? '' } });
  expect(body).toMatchObject({ after: { status: 'inactive', by: 'platform' }, reason: 'Contract ended' });
});

test('a second time, and by somebody without the permission there, it is refused', async () => {
  const admin = await systemAdmin();
  const organization = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  await expect(deactivate(orgAdmin.id, organization.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(deactivate(admin.id, 'x')).rejects.toMatchObject({ code: 'not_found' });
  await expect(reactivate(admin.id, organization.id)).rejects.toMatchObject({ code: 'organization.not_inactive' });
  await deactivate(admin.id, organization.id);
  await expect(deactivate(admin.id, organization.id)).rejects.toMatchObject({ code: 'organization.not_active' });
});
