import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { joinByInvitation } from '@/features/invitations/acceptance/accept.service';
import { env } from '@/server/env';
import { accept, invite, tokenOf } from '../invitations.support';

const { db } = await testDatabase();

async function outsider() {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const person = await makeUser(db);
  const { organizationId } = admin;
  const invitation = await invite(db, admin.id, { organizationId, email: person.email, roles: ['viewer'] });
  const join = (userId: string) =>
    workAs<'account.own', unknown>(db, userId, (work) => joinByInvitation(work, tokenOf(invitation)));
  return { admin, organizationId, person, invitation, join };
}

test('a person with an account joins by signing in; the link alone does not work', async () => {
  const { organizationId, person, invitation, join } = await outsider();
  await expect(accept(db, tokenOf(invitation))).rejects.toMatchObject({ code: 'invitation.used' });
  const stranger = await makeUser(db);
  await expect(join(stranger.id)).rejects.toMatchObject({ code: 'not_allowed' });
  expect(await join(person.id)).toEqual({ kind: 'joined' });
  expect(await db.membership.findMany({ where: { userId: person.id } })).toMatchObject([{ organizationId }]);
  const after = await db.user.findUniqueOrThrow({ where: { id: person.id } });
  expect(after).toMatchObject({ firstName: person.firstName, lastName: person.lastName, version: 1 });
  await expect(join(person.id)).rejects.toMatchObject({ code: 'invitation.used' });
});

test('an account whose address nobody confirmed joins nothing, even with the link', async () => {
  const { person, join } = await outsider();
  await db.user.update({ where: { id: person.id }, data: { emailVerifiedAt: null } });
  await expect(join(person.id)).rejects.toMatchObject({ code: 'email.unconfirmed' });
  expect(await db.membership.count({ where: { userId: person.id } })).toBe(0);
});

test('a member of another organization is told on acceptance that one is the limit', async () => {
  const { person, join } = await outsider();
  const other = await makeOrganization(db);
  await makeMember(db, { userId: person.id, organizationId: other.id });
  await expect(join(person.id)).rejects.toMatchObject({ code: 'organization.one_only' });
  expect(await db.membership.count({ where: { userId: person.id } })).toBe(1);
});

test('if the setting allows several organizations, an invited person can join a second one', async () => {
  const { organizationId, person, join } = await outsider();
  const other = await makeMember(db, { userId: person.id });
  env().SEVERAL_ORGANIZATIONS = true;
  try {
    expect(await join(person.id)).toEqual({ kind: 'joined' });
  } finally {
    env().SEVERAL_ORGANIZATIONS = false;
  }
  const memberships = await db.membership.findMany({ where: { userId: person.id } });
  expect(memberships.map((each) => each.organizationId).sort()).toEqual([organizationId, other.organizationId].sort());
});
