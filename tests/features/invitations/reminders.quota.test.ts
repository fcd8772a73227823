import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser } from '@tests/support/factories';
import { withQuota } from '@tests/support/quota';
import { expect, test } from 'vitest';
import { jobRegistry } from '@/server/job';
import { makeInvitations } from './bulk/bulk.support';
import '@/handlers';

const { db, owner } = await testDatabase();
withQuota(owner, 2, '2026-12-01T10:20:00Z');

const remind = () => jobRegistry.get('invitations.remind')?.handle({});
const atOnce = (organizationId: string) =>
  db.email.count({ where: { organizationId, nextAttemptAt: { lte: new Date('2026-12-01T10:20:00Z') } } });

/** Delivered invitations to the organization, due for their first reminder. */
async function delivered(organizationId: string, senderId: string) {
  await makeInvitations(db, { count: 3, senderId, organizationId, name: `to-${organizationId}-` });
  await owner.query(`UPDATE invitation SET delivery = 'sent', sent_at = app_now() - interval '4 days'`);
}

test('reminders count toward the quota of their organization, and those of others leave at once', async () => {
  const [ours, theirs] = [
    await makeMember(db, { roles: ['org-admin'] }),
    await makeMember(db, { roles: ['org-admin'] }),
  ];
  await delivered(ours.organizationId, ours.id);
  await delivered(theirs.organizationId, theirs.id);
  await remind();
  for (const { organizationId } of [ours, theirs]) {
    expect(await atOnce(organizationId)).toBe(2);
    expect(await db.email.count({ where: { organizationId } })).toBe(3);
  }
});

test('reminders of invitations that a System Admin sent do not count', async () => {
  const { organizationId } = await makeMember(db, { roles: ['org-admin'] });
  const root = await makeUser(db, { roles: ['system-admin'] });
  await delivered(organizationId, root.id);
  await remind();
  expect(await atOnce(organizationId)).toBe(3);
  expect(await db.emailQuota.count()).toBe(0);
});
