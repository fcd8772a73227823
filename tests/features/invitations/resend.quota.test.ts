import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser, workAs } from '@tests/support/factories';
import { withQuota } from '@tests/support/quota';
import { expect, test } from 'vitest';
import { confirmInvitation } from '@/features/invitations/confirm.service';
import { resendInvitation } from '@/features/invitations/resend.service';
import { env } from '@/server/env';
import { invite } from './invitations.support';

const { db, owner } = await testDatabase();
const setClock = withQuota(owner, 2, '2026-12-01T10:20:00Z');

const act = (userId: string, action: typeof resendInvitation, id: string) =>
  workAs<'users.invite', void>(db, userId, (work) => action(work, id));
const reload = (id: string) => db.invitation.findUniqueOrThrow({ where: { id } });

async function sent(count: number) {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = admin;
  const invitations = [];
  for (let n = 0; n < count; n += 1) {
    invitations.push(await invite(db, admin.id, { organizationId, roles: ['viewer'], email: `p${n}@example.com` }));
  }
  return { admin, invitations };
}

test('a resend over the quota is refused with the time when it is possible, and the old link stays', async () => {
  const { admin, invitations } = await sent(3);
  const [first] = invitations;
  if (!first) throw new Error('nobody was invited');
  await expect(act(admin.id, resendInvitation, first.id)).rejects.toMatchObject({
    code: 'too_many',
    detail: 'This organization has used up its emails for now. Try again at 11:00.',
  });
  expect(await reload(first.id)).toMatchObject({ version: 1 });
  await setClock('2026-12-01T11:00:00Z');
  await act(admin.id, resendInvitation, first.id);
  expect(await reload(first.id)).toMatchObject({ version: 2 });
});

test('a confirmation over the quota is refused as well, because it sends the invitation again', async () => {
  const { admin, invitations } = await sent(2);
  const [first] = invitations;
  if (!first) throw new Error('nobody was invited');
  await owner.query(`UPDATE invitation SET held_since = app_now() WHERE id = $1`, [first.id]);
  await expect(act(admin.id, confirmInvitation, first.id)).rejects.toMatchObject({ code: 'too_many' });
  expect(await reload(first.id)).toMatchObject({ version: 1, onHoldSince: expect.any(Date) });
});

test('a System Admin resends whatever the organization has sent', async () => {
  const { invitations } = await sent(3);
  const root = await makeUser(db, { roles: ['system-admin'] });
  for (const { id } of invitations) await act(root.id, resendInvitation, id);
  expect(
    await db.email.count({
      where: { template: 'invitation', nextAttemptAt: { gt: new Date('2026-12-01T10:20:00Z') } },
    }),
  ).toBe(0);
});

test('of resends at the same time only as many succeed as the hour has room for', async () => {
  env().ORGANIZATION_EMAILS_PER_HOUR = 7;
  const { admin, invitations } = await sent(5);
  const results = await Promise.allSettled(invitations.map(({ id }) => act(admin.id, resendInvitation, id)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  const waiting = await db.email.count({ where: { nextAttemptAt: { gt: new Date('2026-12-01T10:20:00Z') } } });
  expect(waiting).toBe(0);
});
