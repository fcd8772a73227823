import { testDatabase } from '@tests/support/database';
import { makeMember } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { findByToken } from '@/features/invitations/acceptance/link.queries';
import { requestNewLink } from '@/features/invitations/acceptance/new-link.service';
import { readsOn } from '@/server/db/statements';
import { makeTools } from '@/server/handle';
import { inUnit } from '@/server/unit';
import { accept, events, invite, invited, tokenOf } from '../invitations.support';

const { db, owner } = await testDatabase();

test('a phone number typed by another organization stays in its invitation', async () => {
  const [theirs, ours] = [
    await makeMember(db, { roles: ['org-admin'] }),
    await makeMember(db, { roles: ['org-admin'] }),
  ];
  const to = { email: 'shared@example.com', roles: ['viewer'] };
  await invite(db, theirs.id, { ...to, organizationId: theirs.organizationId, phone: '+4930111' });
  const mine = await invite(db, ours.id, { ...to, organizationId: ours.organizationId });
  await accept(db, tokenOf(mine));
  expect(await db.user.findUniqueOrThrow({ where: { email: to.email } })).toMatchObject({ phone: null });
});

test('accepting an invitation takes over the phone number typed with it', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = admin;
  const invitation = await invite(db, admin.id, { organizationId, roles: ['viewer'], phone: '+4930222' });
  expect(await db.user.findUniqueOrThrow({ where: { id: invitation.userId } })).toMatchObject({ phone: null });
  await accept(db, tokenOf(invitation));
  expect(await db.user.findUniqueOrThrow({ where: { id: invitation.userId } })).toMatchObject({ phone: '+4930222' });
});

test('inviting a person again marks their expired invitations in every organization', async () => {
  const [theirs, ours] = [
    await makeMember(db, { roles: ['org-admin'] }),
    await makeMember(db, { roles: ['org-admin'] }),
  ];
  const to = { email: 'late@example.com', roles: ['viewer'] };
  const old = await invite(db, theirs.id, { ...to, organizationId: theirs.organizationId });
  await owner.query(`UPDATE invitation SET delivery = 'sent', expires_at = now() - interval '1 minute' WHERE id = $1`, [
    old.id,
  ]);
  await invite(db, ours.id, { ...to, organizationId: ours.organizationId });
  expect(await events(db, 'invitation.expired')).toMatchObject([
    { subjectId: old.id, organizationId: theirs.organizationId },
  ]);
});

test('an expired link is refused, and the sender gets one email however often a new one is requested', async () => {
  const { admin, invitation, token } = await invited(db);
  await owner.query(`UPDATE invitation SET expires_at = now() - interval '1 second'`);
  await expect(accept(db, token)).rejects.toMatchObject({ code: 'invitation.expired' });
  expect(await findByToken(readsOn(db), token)).toMatchObject({ isExpired: true });
  const request = () => inUnit((tx, ledger) => requestAs(tx, ledger, token), { exempt: true, client: db });
  await request();
  await request();
  await Promise.all([request(), request(), request()]);
  const mails = await db.email.findMany({ where: { template: 'invitation-asked' } });
  expect(mails).toMatchObject([{ toAddress: admin.email, userId: admin.id }]);
  expect(await events(db, 'invitation.asked')).toMatchObject([{ subjectId: invitation.id }]);
});

test('a sender who may no longer invite there gets no request for a new link', async () => {
  const { admin, organizationId, token } = await invited(db);
  await owner.query(`UPDATE invitation SET expires_at = now() - interval '1 second'`);
  await makeMember(db, { userId: admin.id, roles: ['org-admin'] });
  await db.membership.delete({ where: { userId_organizationId: { userId: admin.id, organizationId } } });
  await inUnit((tx, ledger) => requestAs(tx, ledger, token), { exempt: true, client: db });
  expect(await events(db, 'invitation.asked')).toHaveLength(1);
  expect(await db.email.count({ where: { template: 'invitation-asked' } })).toBe(0);
});

test('requesting a new link does nothing for a valid or unknown link', async () => {
  const { token } = await invited(db);
  for (const each of [token, 'A'.repeat(43)]) {
    await inUnit((tx, ledger) => requestAs(tx, ledger, each), { exempt: true, client: db });
  }
  expect(await events(db, 'invitation.asked')).toEqual([]);
});

async function requestAs(tx: Parameters<Parameters<typeof inUnit>[0]>[0], ledger: { audited: boolean }, token: string) {
  const request = { id: crypto.randomUUID(), ip: null, userAgent: null, path: '/' };
  await requestNewLink({ actor: null, ...makeTools(tx, { kind: 'anonymous', id: null }, request, ledger) }, token);
}
