import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { cancelInvitation } from '@/features/invitations/cancel.service';
import { resendInvitation } from '@/features/invitations/resend.service';
import { importFile } from '../imports/import.support';
import { accept, events, invite, tokenOf } from '../invitations/invitations.support';

const { db } = await testDatabase();

const cancel = (actorId: string, id: string) =>
  workAs<'users.invite', void>(db, actorId, (work) => cancelInvitation(work, id));

/** A person imported as inactive and then reactivated: a member of an organization who never had a password. */
async function waitingMember() {
  const person = await makeUser(db, { status: 'invited', firstName: 'Wanda', lastName: 'Waiting' });
  return makeMember(db, { userId: person.id, roles: ['viewer'] });
}

test('an invitation of another organization neither renames nor archives a member who was never active', async () => {
  const member = await waitingMember();
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  const invitation = await invite(db, stranger.id, { email: member.email, organizationId: stranger.organizationId });
  expect(await db.user.findUniqueOrThrow({ where: { id: member.id } })).toMatchObject({ firstName: 'Wanda' });
  await cancel(stranger.id, invitation.id);
  expect(await db.user.findUniqueOrThrow({ where: { id: member.id } })).toMatchObject({ status: 'invited' });
  expect(await db.membership.findFirstOrThrow({ where: { userId: member.id } })).toMatchObject({ status: 'invited' });
});

test('accepting updates the lists of an organization the person already belongs to', async () => {
  const member = await waitingMember();
  const admin = await makeMember(db, { organizationId: member.organizationId, roles: ['org-admin'] });
  const invitation = await invite(db, admin.id, { email: member.email, organizationId: member.organizationId });
  await accept(db, tokenOf(invitation));
  const membership = await db.membership.findFirstOrThrow({ where: { userId: member.id } });
  expect(membership).toMatchObject({ status: 'active', sortName: 'nora newcomer' });
});

test('a member of one organization cannot activate the account through another', async () => {
  const member = await waitingMember();
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  const invitation = await invite(db, stranger.id, { email: member.email, organizationId: stranger.organizationId });
  await expect(accept(db, tokenOf(invitation))).rejects.toMatchObject({ code: 'organization.one_only' });
  expect(await db.membership.count({ where: { userId: member.id } })).toBe(1);
});

test('an expired invitation works again after it is resent, even if a newer one was cancelled', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const old = await invite(db, admin.id, { email: 'second.try@example.com' });
  await db.invitation.update({ where: { id: old.id }, data: { state: 'expired', expiresAt: new Date(0) } });
  const newer = await invite(db, admin.id, { email: 'second.try@example.com' });
  await cancel(admin.id, newer.id);
  await workAs<'users.invite', void>(db, admin.id, (work) => resendInvitation(work, old.id));
  const outcome = await accept(db, tokenOf({ id: old.id, version: 2 }));
  expect(outcome.kind).toBe('accepted');
  expect(await events(db, 'user.restored')).toMatchObject([{ subjectId: old.userId, organizationId: null }]);
});

test('an import invites a person again whose earlier invitation was cancelled', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const first = await invite(db, admin.id, { email: 'third.try@example.com', organizationId: admin.organizationId });
  await cancel(admin.id, first.id);
  await importFile(db, admin.id, 'email,first_name,last_name\nthird.try@example.com,Thea,Third');
  const invitation = await db.invitation.findFirstOrThrow({ where: { userId: first.userId, state: 'open' } });
  expect((await accept(db, tokenOf(invitation))).kind).toBe('accepted');
});
