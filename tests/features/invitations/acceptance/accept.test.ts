import { testDatabase } from '@tests/support/database';
import { makeUser, roleId, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { acceptSchema } from '@/features/invitations/acceptance/accept.schema';
import { findByToken } from '@/features/invitations/acceptance/link.queries';
import { markOpened } from '@/features/invitations/acceptance/opened.service';
import { confirmInvitation } from '@/features/invitations/confirm.service';
import { verifyPassword } from '@/server/auth/password';
import { findLiveSession } from '@/server/auth/session';
import { readsOn } from '@/server/db/statements';
import { accept, events, goodPassword, invite, invited, tokenOf } from '../invitations.support';

const { db } = await testDatabase();

const systemAdmin = () => makeUser(db, { firstName: 'Ada', lastName: 'Lovelace', roles: ['system-admin'] });

test('accepting activates the account with its access and one session', async () => {
  const { admin, organizationId, group, invitation, token } = await invited(db);
  const outcome = await accept(db, token);
  if (outcome.kind !== 'accepted') throw new Error('It was put on hold.');

  const person = await db.user.findUniqueOrThrow({ where: { id: invitation.userId }, include: { credential: true } });
  expect(person).toMatchObject({ status: 'active', firstName: 'Nora', lastName: 'Newcomer', version: 1 });
  expect(person.activatedAt).not.toBeNull();
  expect(person.emailVerifiedAt).not.toBeNull();
  expect(await verifyPassword(person.credential, goodPassword)).toBe(true);
  expect(person.credential?.mustChange).toBe(false);
  const [membership] = await db.membership.findMany({ where: { userId: person.id }, include: { roles: true } });
  expect(membership).toMatchObject({ organizationId, status: 'active', sortName: person.sortName, addedBy: admin.id });
  expect(membership?.roles).toMatchObject([{ roleId: await roleId(db, 'caseworker'), grantedBy: admin.id }]);
  expect(await db.groupMember.findMany({ where: { userId: person.id } })).toMatchObject([{ groupId: group.id }]);
  expect(await db.invitation.findUnique({ where: { id: invitation.id } })).toMatchObject({ state: 'accepted' });

  const session = await findLiveSession(db, outcome.session.token);
  expect(session?.user.id).toBe(person.id);
  expect(session?.grants).toContainEqual({ permission: 'referrals.create', organizationId });
  expect(outcome.path).toBe('/account');
  expect(await events(db, 'invitation.accepted')).toMatchObject([{ subjectId: invitation.id, actorKind: 'anonymous' }]);
  expect(await events(db, 'user.activated')).toMatchObject([{ subjectId: person.id, organizationId }]);
});

test('an invitation to the platform grants its roles there and leads to the console', async () => {
  const ada = await systemAdmin();
  const invitation = await invite(db, ada.id, { roles: ['auditor'] });
  const outcome = await accept(db, tokenOf(invitation));
  expect(outcome).toMatchObject({ kind: 'accepted', path: '/' });
  expect(await db.userRole.findMany({ where: { userId: invitation.userId } })).toHaveLength(1);
  expect(await db.membership.count({ where: { userId: invitation.userId } })).toBe(0);
});

test('a new account takes over the time zone of the browser', async () => {
  const { invitation, token } = await invited(db);
  await accept(db, token, { timeZone: 'Europe/Berlin' });
  expect(await db.preference.findUnique({ where: { userId: invitation.userId } })).toMatchObject({
    timeZone: 'Europe/Berlin',
  });
});

test('fifty acceptances at once create one account and one session', { timeout: 60_000 }, async () => {
  const { invitation, token } = await invited(db);
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => accept(db, token)));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(outcomes.length - refused.length).toBe(1);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'invitation.used' });
  expect(await db.session.count({ where: { userId: invitation.userId } })).toBe(1);
  expect(await db.credential.count({ where: { userId: invitation.userId } })).toBe(1);
  expect(await events(db, 'user.activated')).toHaveLength(1);
});

test('a used link is refused, whatever password comes with it', async () => {
  const { invitation, token } = await invited(db);
  await accept(db, token);
  await expect(accept(db, token, { password: 'another stolen meadow entirely' })).rejects.toMatchObject({
    code: 'invitation.used',
  });
  const credential = await db.credential.findUnique({ where: { userId: invitation.userId } });
  expect(await verifyPassword(credential, goodPassword)).toBe(true);
  expect(await findByToken(readsOn(db), token)).toBeNull();
});

test('a token that is altered in one byte, cut or extended does not work', { timeout: 60_000 }, async () => {
  const { token } = await invited(db);
  const bytes = Buffer.from(token, 'base64url');
  const altered = [...bytes.keys()].map((index) => {
    const copy = Buffer.from(bytes);
    copy[index] = (copy[index] ?? 0) ^ 1;
    return copy.toString('base64url');
  });
  const hostile = [...altered, token.slice(1), `${token}A`, token.toUpperCase(), '', "' OR ''='", '../sign-in', '%00'];
  for (const each of hostile) {
    expect(await findByToken(readsOn(db), each), each).toBeNull();
    if (acceptSchema.shape.token.safeParse(each).success) {
      await expect(accept(db, each)).rejects.toMatchObject({ code: 'invitation.used' });
    }
  }
  expect(await findByToken(readsOn(db), token)).not.toBeNull();
});

test('the last character of a token has only one spelling', async () => {
  const { token } = await invited(db);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (const letter of alphabet) {
    const spelled = token.slice(0, -1) + letter;
    if (spelled !== token) expect(await findByToken(readsOn(db), spelled), spelled).toBeNull();
  }
});

test('address, organization and roles come from the invitation, not from the form', async () => {
  const parsed = acceptSchema.parse({
    token: 'A'.repeat(43),
    firstName: 'Nora',
    lastName: 'Newcomer',
    password: goodPassword,
    email: 'attacker@example.com',
    roles: ['system-admin'],
    organizationId: null,
    userId: 'x',
  });
  expect(Object.keys(parsed).sort()).toEqual(['firstName', 'lastName', 'password', 'timeZone', 'token']);
});

test('a weak password is refused at its field, and the link still works', async () => {
  const { invitation, token } = await invited(db);
  for (const password of ['short', 'passwordpassword', 'new.person@example.com']) {
    await expect(accept(db, token, { password })).rejects.toMatchObject({
      code: 'input',
      errors: { password: [expect.any(String)] },
    });
  }
  expect(await db.invitation.findUnique({ where: { id: invitation.id } })).toMatchObject({ state: 'open' });
  await accept(db, token);
});

test('opening a link is recorded as a hint and changes nothing else', async () => {
  const { invitation } = await invited(db);
  await markOpened(readsOn(db), invitation.id);
  const first = await db.invitation.findUniqueOrThrow({ where: { id: invitation.id } });
  expect(first).toMatchObject({ state: 'open', delivery: 'opened' });
  await markOpened(readsOn(db), invitation.id);
  expect((await db.invitation.findUniqueOrThrow({ where: { id: invitation.id } })).openedAt).toEqual(first.openedAt);
  expect(await db.session.count({ where: { userId: invitation.userId } })).toBe(0);
});

test.each(['inactive', 'archived'] as const)('the link of an %s person does not work', async (status) => {
  const { invitation, token } = await invited(db);
  const archived = status === 'archived' ? { archivedAt: new Date(), archivedStatus: 'invited' as const } : {};
  await db.user.update({ where: { id: invitation.userId }, data: { status, ...archived } });
  expect(await findByToken(readsOn(db), token)).toBeNull();
  await expect(accept(db, token)).rejects.toMatchObject({ code: 'invitation.used' });
});

test('a link sent to an old address does not work', async () => {
  const { invitation, token } = await invited(db);
  await db.user.update({ where: { id: invitation.userId }, data: { email: 'moved@example.com' } });
  await expect(accept(db, token)).rejects.toMatchObject({ code: 'invitation.used' });
});

test('an invitation whose sender was demoted grants nothing and waits for confirmation', async () => {
  const ada = await systemAdmin();
  const { admin, invitation, token } = await invited(db);
  await db.membershipRole.deleteMany({ where: { userId: admin.id } });
  expect(await accept(db, token)).toEqual({ kind: 'on_hold' });
  const onHold = await db.invitation.findUniqueOrThrow({ where: { id: invitation.id } });
  expect(onHold.onHoldSince).not.toBeNull();
  expect(onHold.state).toBe('open');
  expect(await db.user.findUnique({ where: { id: invitation.userId } })).toMatchObject({ status: 'invited' });
  expect(await db.membership.count({ where: { userId: invitation.userId } })).toBe(0);
  expect(await db.session.count()).toBe(0);
  await expect(accept(db, token)).rejects.toMatchObject({ code: 'invitation.on_hold' });
  expect(await events(db, 'invitation.held')).toHaveLength(1);

  await workAs<'users.invite', void>(db, ada.id, (work) => confirmInvitation(work, invitation.id));
  const confirmed = await db.invitation.findUniqueOrThrow({ where: { id: invitation.id } });
  expect(confirmed).toMatchObject({ senderId: ada.id, onHoldSince: null, version: 2 });
  await expect(accept(db, token)).rejects.toMatchObject({ code: 'invitation.used' });
  expect(await accept(db, tokenOf(confirmed))).toMatchObject({ kind: 'accepted' });
});

test.each([
  ['deactivated', (id: string) => db.user.update({ where: { id }, data: { status: 'inactive' } })],
  ['deleted', (id: string) => db.user.delete({ where: { id } })],
])('an invitation whose sender was %s is put on hold', async (_what, end) => {
  const { admin, token } = await invited(db);
  await end(admin.id);
  expect(await accept(db, token)).toEqual({ kind: 'on_hold' });
});

test('an invitation is put on hold if its role gained permissions the sender lacks', async () => {
  const { admin, organizationId, token } = await invited(db);
  const invite = await db.rolePermission.findMany({ where: { role: { key: 'org-admin' } } });
  await db.membershipRole.deleteMany({ where: { userId: admin.id } });
  const small = await db.role.create({
    data: { id: crypto.randomUUID(), key: 'inviter', name: 'Inviter', description: '', scope: 'organization' },
  });
  const kept = invite.filter((row) => row.permission !== 'caseload.manage');
  await db.rolePermission.createMany({ data: kept.map(({ permission }) => ({ roleId: small.id, permission })) });
  await db.membershipRole.create({ data: { userId: admin.id, organizationId, roleId: small.id } });
  expect(await accept(db, token)).toEqual({ kind: 'on_hold' });
});
