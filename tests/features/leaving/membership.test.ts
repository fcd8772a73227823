import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { joinByInvitation } from '@/features/invitations/acceptance/accept.service';
import type { Work } from '@/server/work';
import { invite, tokenOf } from '../invitations/invitations.support';
import { actingAs, makeAdmin, refuses } from '../memberships/memberships.support';

const { db } = await testDatabase();

test('ending a membership cancels earlier invitations to that organization', async () => {
  const [house, other] = [await makeOrganization(db), await makeOrganization(db)];
  const admin = await makeAdmin(db);
  const ada = actingAs(db, admin.id);
  const person = await makeUser(db, { email: 'robin@example.com' });
  const sent = await invite(db, admin.id, { email: person.email, organizationId: house.id, roles: ['org-admin'] });
  await invite(db, admin.id, { email: person.email, organizationId: other.id });
  await ada.add(person.id, house.slug, ['viewer']);
  await ada.end(person.id, house.slug);

  const join = workAs(db, person.id, (work: Work<'account.own'>) => joinByInvitation(work, tokenOf(sent)));
  await refuses(join, 'invitation.used');
  expect(await db.membership.count({ where: { userId: person.id } })).toBe(0);
  expect(await db.invitation.findUniqueOrThrow({ where: { id: sent.id } })).toMatchObject({ state: 'cancelled' });
  const event = await db.auditEvent.findFirst({ where: { action: 'invitation.cancelled' } });
  expect(event).toMatchObject({ actorId: admin.id, subjectId: sent.id, organizationId: house.id });
  // The invitation of another organization stays open.
  expect(await db.invitation.count({ where: { userId: person.id, state: 'open' } })).toBe(1);
});
