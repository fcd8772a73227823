import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser } from '@tests/support/factories';
import { withQuota } from '@tests/support/quota';
import { expect, test } from 'vitest';
import { bulkReasonText } from '@/features/invitations/bulk/plan.schema';
import { change, makeInvitations } from './bulk.support';

const { db, owner } = await testDatabase();
withQuota(owner, 3, '2026-12-01T10:20:00Z');

async function world(count: number) {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  await makeInvitations(db, { count, senderId: admin.id, organizationId: admin.organizationId });
  return admin;
}

test('a bulk resend does as many as the hour has room for, and lists the others with the reason', async () => {
  const admin = await world(5);
  const { id, receipt } = await change(db, admin.id, { do: 'resend', all: '1' });
  expect(receipt?.counts).toMatchObject({ applied: 3, refused: 2, did: { resent: 3 } });
  const refused = await db.planRow.findMany({ where: { planId: id, status: 'refused' } });
  expect(refused.map(({ result }) => (result as { reason: string }).reason)).toEqual(['quota', 'quota']);
  expect(bulkReasonText('quota')).toMatch(/has used up its emails for this hour/);
  // The links of the others still work.
  expect(await db.invitation.count({ where: { version: 1 } })).toBe(2);
  expect(await db.email.count({ where: { nextAttemptAt: { gt: new Date('2026-12-01T10:20:00Z') } } })).toBe(0);
});

test('a bulk confirmation keeps to the quota as well', async () => {
  const admin = await world(5);
  await owner.query(`UPDATE invitation SET held_since = app_now()`);
  const { receipt } = await change(db, admin.id, { do: 'confirm', all: '1' });
  expect(receipt?.counts).toMatchObject({ applied: 3, refused: 2 });
  expect(await db.invitation.count({ where: { onHoldSince: { not: null } } })).toBe(2);
});

test('cancelling in bulk sends nothing, so the quota does not limit it', async () => {
  const admin = await world(5);
  const { receipt } = await change(db, admin.id, { do: 'cancel', all: '1' });
  expect(receipt?.counts).toMatchObject({ applied: 5 });
});

test('a bulk resend by a System Admin does not count', async () => {
  await world(5);
  const root = await makeUser(db, { roles: ['system-admin'] });
  const { receipt } = await change(db, root.id, { do: 'resend', all: '1' });
  expect(receipt?.counts).toMatchObject({ applied: 5, refused: 0 });
  expect(await db.emailQuota.count()).toBe(0);
});
