import { emailCorpus } from '@tests/lib/email.corpus';
import { testDatabase } from '@tests/support/database';
import { makeGroup, makeMember, makeOrganization, makeUser, roleId, workAs } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { expect, test } from 'vitest';
import { invitationLink, inviteSchema } from '@/features/invitations/send.schema';
import { inviteUser } from '@/features/invitations/send.service';
import { linkHash } from '@/server/auth/links';
import { events, invite, inviteOf, tokenOf } from './invitations.support';

const { db } = await testDatabase();

const systemAdmin = () => makeUser(db, { firstName: 'Ada', lastName: 'Lovelace', roles: ['system-admin'] });
const orgAdmin = async (organizationId?: string) =>
  makeMember(db, { roles: ['org-admin'], ...(organizationId && { organizationId }) });

test('inviting adds a person, an open invitation, a mail and audit events', async () => {
  const ada = await systemAdmin();
  const acme = await makeOrganization(db, { name: 'Acme Corp' });
  const invitation = await invite(db, ada.id, { organizationId: acme.id, roles: ['caseworker'] });

  const person = await db.user.findUniqueOrThrow({ where: { email: 'new.person@example.com' } });
  expect(person).toMatchObject({ status: 'invited', firstName: 'New', lastName: 'Person', activatedAt: null });
  expect(invitation).toMatchObject({
    state: 'open',
    delivery: 'queued',
    version: 1,
    userId: person.id,
    senderId: ada.id,
  });
  expect(Buffer.from(invitation.tokenHash)).toEqual(Buffer.from(linkHash(invitationLink, invitation.id, 1)));
  const days = (invitation.expiresAt.getTime() - invitation.createdAt.getTime()) / 86_400_000;
  expect(days).toBeCloseTo(7, 3);
  expect(await db.membership.count({ where: { userId: person.id } })).toBe(0);
  expect(await db.membershipRole.count({ where: { userId: person.id } })).toBe(0);

  const [mail, ...others] = await readOutbox(db);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ to: 'new.person@example.com', subject: 'Ada Lovelace invited you to Acme Corp' });
  expect(mail?.text).toContain('as Caseworker');
  expect(mail?.text).toContain('Welcome aboard.');
  expect(mail?.link).toBe(`http://127.0.0.1:3000/activate/${tokenOf(invitation)}`);
  expect(JSON.stringify(await db.email.findMany())).not.toContain(tokenOf(invitation));

  expect(await events(db, 'invitation.created')).toMatchObject([{ subjectId: invitation.id, organizationId: acme.id }]);
  expect(await db.auditEvent.count({ where: { action: { startsWith: 'user.' } } })).toBe(0);
});

test('an org admin may grant every role of the organization, including Org Admin', async () => {
  const admin = await orgAdmin();
  const invitation = await invite(db, admin.id, {
    organizationId: admin.organizationId,
    roles: ['org-admin', 'caseworker', 'member'],
  });
  expect(await db.invitationRole.count({ where: { invitationId: invitation.id } })).toBe(3);
});

test.each(['system-admin', 'auditor'])('an org admin cannot grant the platform role %s', async (role) => {
  const admin = await orgAdmin();
  const sent = invite(db, admin.id, { organizationId: admin.organizationId, roles: [role] });
  await expect(sent).rejects.toMatchObject({ code: 'grant.scope', field: 'roles' });
  expect(await db.user.count({ where: { status: 'invited' } })).toBe(0);
  expect(await db.email.count()).toBe(0);
});

test('an org admin cannot invite to another organization or to the platform', async () => {
  const admin = await orgAdmin();
  const other = await makeOrganization(db);
  for (const organizationId of [other.id, null, '00000000-0000-7000-8000-000000000000']) {
    const sent = invite(db, admin.id, { organizationId, roles: ['member'] });
    await expect(sent).rejects.toMatchObject({ code: 'organization.unknown', field: 'organization' });
  }
});

test('a group of the platform or of another organization is unknown to an org admin', async () => {
  const admin = await orgAdmin();
  const other = await makeOrganization(db);
  const foreign = await makeGroup(db, { organizationId: other.id });
  const platform = await makeGroup(db, {});
  for (const group of [foreign, platform]) {
    const sent = invite(db, admin.id, { organizationId: admin.organizationId, groupIds: [group.id] });
    await expect(sent).rejects.toMatchObject({ code: 'group.unknown' });
  }
});

test('a group created while inviting only gets roles that its maker may grant', async () => {
  const admin = await orgAdmin();
  const { organizationId } = admin;
  const caseworker = await roleId(db, 'caseworker');
  const newGroup = { name: 'Night shift', roleIds: [caseworker] };
  const invitation = await invite(db, admin.id, { organizationId, newGroup });
  const [row] = await db.invitationGroup.findMany({
    where: { invitationId: invitation.id },
    include: { group: { include: { roles: true } } },
  });
  expect(row?.group).toMatchObject({ name: 'Night shift', organizationId, roles: [{ roleId: caseworker }] });
  expect(await events(db, 'group.created')).toHaveLength(1);

  const again = invite(db, admin.id, {
    email: 'b@example.com',
    organizationId,
    newGroup: { name: 'night SHIFT', roleIds: [] },
  });
  await expect(again).rejects.toMatchObject({ code: 'group.exists', field: 'newGroupName' });
  const tooMuch = { name: 'Admins', roleIds: [await roleId(db, 'system-admin')] };
  const refused = invite(db, admin.id, { email: 'c@example.com', organizationId, newGroup: tooMuch });
  await expect(refused).rejects.toMatchObject({ code: 'grant.scope', field: 'newGroupRoles' });
  expect(await db.group.count()).toBe(1);
});

test('an inactive organization invites nobody', async () => {
  const ada = await systemAdmin();
  const closed = await makeOrganization(db, { status: 'inactive' });
  const sent = invite(db, ada.id, { organizationId: closed.id });
  await expect(sent).rejects.toMatchObject({ code: 'organization.unknown' });
});

test('inviting a visible person who has an account is refused', async () => {
  const ada = await systemAdmin();
  const admin = await orgAdmin();
  const { organizationId } = admin;
  const colleague = await makeMember(db, { organizationId });
  for (const sender of [ada, admin]) {
    const sent = invite(db, sender.id, { organizationId, email: colleague.email });
    await expect(sent).rejects.toMatchObject({ code: 'user.exists', field: 'email' });
  }
  const other = await makeOrganization(db);
  const moved = invite(db, ada.id, { organizationId: other.id, email: colleague.email });
  await expect(moved).rejects.toMatchObject({ code: 'organization.one_only', field: 'email' });
  const platform = invite(db, ada.id, { email: colleague.email });
  await expect(platform).rejects.toMatchObject({ code: 'user.exists' });
});

test('a platform admin may invite a person without an organization into one', async () => {
  const ada = await systemAdmin();
  const loner = await makeUser(db);
  const acme = await makeOrganization(db);
  const invitation = await invite(db, ada.id, { organizationId: acme.id, email: loner.email });
  expect(invitation.userId).toBe(loner.id);
});

test('visible archived and deactivated people cannot be invited', async () => {
  const ada = await systemAdmin();
  const acme = await makeOrganization(db);
  for (const status of ['archived', 'inactive'] as const) {
    const person = await makeUser(db, { status });
    const sent = invite(db, ada.id, { organizationId: acme.id, email: person.email });
    await expect(sent).rejects.toMatchObject({ code: 'user.exists' });
  }
});

test('a second open invitation is refused to the same organization but allowed to another', async () => {
  const one = await orgAdmin();
  const two = await orgAdmin();
  await invite(db, one.id, { organizationId: one.organizationId });
  const again = invite(db, one.id, { organizationId: one.organizationId });
  await expect(again).rejects.toMatchObject({ code: 'user.exists' });
  const elsewhere = await invite(db, two.id, { organizationId: two.organizationId, firstName: 'Typed' });
  expect(elsewhere.firstName).toBe('Typed');
  expect(await db.user.count({ where: { email: 'new.person@example.com' } })).toBe(1);
});

test('twenty invitations at once create one person and one invitation', async () => {
  const admin = await orgAdmin();
  const sent = await Promise.allSettled(
    Array.from({ length: 20 }, () => invite(db, admin.id, { organizationId: admin.organizationId })),
  );
  expect(sent.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await db.invitation.count()).toBe(1);
  expect(await db.email.count()).toBe(1);
  expect(await db.user.count({ where: { email: 'new.person@example.com' } })).toBe(1);
});

test('hostile addresses are refused with a readable message before anything is written', async () => {
  const ada = await systemAdmin();
  const fields = { firstName: 'New', lastName: 'Person' };
  const refused = emailCorpus.filter((entry) => 'reason' in entry);
  expect(refused.length).toBeGreaterThan(20);
  for (const { input } of refused) {
    const parsed = inviteSchema.safeParse({ ...fields, email: input });
    expect(parsed.success, input).toBe(false);
    expect(parsed.error?.issues[0]?.message).not.toMatch(/invalid/i);
  }
  const sent = invite(db, ada.id, { email: 'victim@example.com\r\nBcc: other@example.com' });
  await expect(sent).rejects.toMatchObject({
    code: 'input',
    errors: { email: [expect.stringContaining('line break')] },
  });
  expect(await db.email.count()).toBe(0);
});

test('a preview leaves nothing behind', async () => {
  const ada = await systemAdmin();
  await workAs<'users.invite', void>(db, ada.id, async (work) => {
    work.nothingChanged();
    await inviteUser(work, inviteOf({ newGroup: { name: 'Preview only', roleIds: [] } }));
  });
  expect(await db.user.count({ where: { status: 'invited' } })).toBe(0);
  expect(await db.group.count()).toBe(0);
  expect(await db.email.count()).toBe(0);
  expect(await events(db, 'invitation.created')).toEqual([]);
});
