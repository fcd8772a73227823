import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser, workAs } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { expect, test } from 'vitest';
import { findByToken } from '@/features/invitations/acceptance/link.queries';
import { cancelInvitation } from '@/features/invitations/cancel.service';
import { confirmInvitation } from '@/features/invitations/confirm.service';
import { expireInvitations } from '@/features/invitations/expire.service';
import { resendInvitation } from '@/features/invitations/resend.service';
import { readsOn } from '@/server/db/statements';
import { makeTools } from '@/server/handle';
import { inUnit } from '@/server/unit';
import { accept, events, invite, tokenOf } from './invitations.support';

const { db, owner } = await testDatabase();

async function invited() {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const invitation = await invite(db, admin.id, { organizationId: admin.organizationId, roles: ['viewer'] });
  return { admin, invitation };
}

const act = (userId: string, action: typeof resendInvitation, id: string) =>
  workAs<'users.invite', void>(db, userId, (work) => action(work, id));
const reload = (id: string) => db.invitation.findUniqueOrThrow({ where: { id } });

test('resending ends the old link, starts the days again and sends one more mail', async () => {
  const { admin, invitation } = await invited();
  await owner.query(`UPDATE invitation SET delivery = 'bounced', sent_at = now(), opened_at = now(),
                     expires_at = now() + interval '1 hour'`);
  await act(admin.id, resendInvitation, invitation.id);
  const again = await reload(invitation.id);
  expect(again).toMatchObject({ version: 2, state: 'open', delivery: 'queued', sentAt: null, openedAt: null });
  expect(again.expiresAt.getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
  expect(await findByToken(readsOn(db), tokenOf(invitation))).toBeNull();
  await expect(accept(db, tokenOf(invitation))).rejects.toMatchObject({ code: 'invitation.used' });
  const links = (await readOutbox(db)).map((mail) => mail.link);
  expect(links).toEqual([invitation, again].map((each) => `http://127.0.0.1:3000/activate/${tokenOf(each)}`));
  expect(await accept(db, tokenOf(again))).toMatchObject({ kind: 'accepted' });
  expect(await events(db, 'invitation.resent')).toMatchObject([{ subjectId: invitation.id }]);
});

test('an invitation can be resent five times a day', async () => {
  const { admin, invitation } = await invited();
  for (let n = 0; n < 5; n += 1) await act(admin.id, resendInvitation, invitation.id);
  await expect(act(admin.id, resendInvitation, invitation.id)).rejects.toMatchObject({ code: 'too_many' });
  expect(await reload(invitation.id)).toMatchObject({ version: 6 });
  await owner.query(`UPDATE email SET created_at = created_at - interval '25 hours'`);
  await act(admin.id, resendInvitation, invitation.id);
});

test('cancelling ends the link and archives a person who was never active', async () => {
  const { admin, invitation } = await invited();
  await act(admin.id, cancelInvitation, invitation.id);
  expect(await reload(invitation.id)).toMatchObject({ state: 'cancelled' });
  await expect(accept(db, tokenOf(invitation))).rejects.toMatchObject({ code: 'invitation.used' });
  const person = await db.user.findUniqueOrThrow({ where: { id: invitation.userId } });
  expect(person).toMatchObject({ status: 'archived', archivedStatus: 'invited' });
  expect(person.archivedAt).not.toBeNull();
  expect(await events(db, 'user.archived')).toMatchObject([{ subjectId: person.id, organizationId: null }]);
  for (const action of [resendInvitation, cancelInvitation]) {
    await expect(act(admin.id, action, invitation.id)).rejects.toMatchObject({ code: 'invitation.not_open' });
  }
});

test('a person whose invitation was cancelled can be invited again, under a new name', async () => {
  const { admin, invitation } = await invited();
  await act(admin.id, cancelInvitation, invitation.id);
  const again = await invite(db, admin.id, { organizationId: admin.organizationId, firstName: 'Renamed' });
  expect(again.userId).toBe(invitation.userId);
  const person = await db.user.findUniqueOrThrow({ where: { id: again.userId } });
  expect(person).toMatchObject({ status: 'invited', firstName: 'Renamed', archivedAt: null });
  expect(await accept(db, tokenOf(again))).toMatchObject({ kind: 'accepted' });
});

test('cancelling one of two invitations archives nobody', async () => {
  const { admin, invitation } = await invited();
  const other = await makeMember(db, { roles: ['org-admin'] });
  await invite(db, other.id, { organizationId: other.organizationId });
  await act(admin.id, cancelInvitation, invitation.id);
  expect(await db.user.findUnique({ where: { id: invitation.userId } })).toMatchObject({ status: 'invited' });
});

test('cancelling the invitation of a person with an account does not change the account', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const person = await makeUser(db);
  const invitation = await invite(db, admin.id, { organizationId: admin.organizationId, email: person.email });
  await act(admin.id, cancelInvitation, invitation.id);
  expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({ status: 'active', version: 1 });
});

test('an accepted invitation cannot be resent, cancelled or confirmed', async () => {
  const { admin, invitation } = await invited();
  await accept(db, tokenOf(invitation));
  for (const action of [resendInvitation, cancelInvitation, confirmInvitation]) {
    await expect(act(admin.id, action, invitation.id)).rejects.toMatchObject({ code: 'invitation.not_open' });
  }
});

test("a stranger's invitation is not found, and stays as it is", async () => {
  const { invitation } = await invited();
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const platform = await invite(db, ada.id, { email: 'platform@example.com', roles: ['auditor'] });
  for (const { id } of [invitation, platform, { id: '00000000-0000-7000-8000-000000000000' }]) {
    for (const action of [resendInvitation, cancelInvitation, confirmInvitation]) {
      await expect(act(stranger.id, action, id)).rejects.toMatchObject({ code: 'not_found' });
    }
  }
  expect(await reload(invitation.id)).toMatchObject({ state: 'open', version: 1 });
});

test('only an admin who may grant all of an invitation can confirm it', async () => {
  const { admin, invitation } = await invited();
  await owner.query('UPDATE invitation SET held_since = now()');
  const [small] = await Promise.all([makeMember(db, { organizationId: admin.organizationId })]);
  const role = await db.role.create({
    data: { id: crypto.randomUUID(), key: 'inviter', name: 'Inviter', description: '', scope: 'organization' },
  });
  await db.rolePermission.create({ data: { roleId: role.id, permission: 'users.invite' } });
  await db.membershipRole.create({
    data: { userId: small.id, organizationId: admin.organizationId, roleId: role.id },
  });
  await expect(act(small.id, confirmInvitation, invitation.id)).rejects.toMatchObject({ code: 'grant.beyond_own' });
  await act(admin.id, confirmInvitation, invitation.id);
  expect(await reload(invitation.id)).toMatchObject({ onHoldSince: null, version: 2 });
});

test('an expired invitation is marked once and can be resent', async () => {
  const { admin, invitation } = await invited();
  const open = await invite(db, admin.id, { organizationId: admin.organizationId, email: 'other@example.com' });
  await db.invitation.update({
    where: { id: invitation.id },
    data: { expiresAt: new Date(Date.now() - 1000), delivery: 'sent' },
  });
  const run = () =>
    inUnit(
      async (tx, ledger) => {
        const request = { id: crypto.randomUUID(), ip: null, userAgent: null, path: 'job:test' };
        return expireInvitations(makeTools(tx, { kind: 'system', id: null }, request, ledger), 10);
      },
      { exempt: true, client: db },
    );
  expect(await Promise.all([run(), run()])).toEqual(expect.arrayContaining([1, 0]));
  expect(await run()).toBe(0);
  expect(await reload(invitation.id)).toMatchObject({ state: 'expired' });
  expect(await reload(open.id)).toMatchObject({ state: 'open' });
  expect(await events(db, 'invitation.expired')).toMatchObject([{ subjectId: invitation.id, actorKind: 'system' }]);
  await act(admin.id, resendInvitation, invitation.id);
  expect(await accept(db, tokenOf(await reload(invitation.id)))).toMatchObject({ kind: 'accepted' });
});
