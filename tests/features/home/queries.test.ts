import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { listWaiting } from '@/features/home/queries';
import { newId } from '@/lib/ids';

const { db } = await testDatabase();

async function bounced(organizationId: string | null) {
  const user = await makeUser(db, { status: 'invited' });
  await db.invitation.create({
    data: {
      id: newId(),
      userId: user.id,
      organizationId,
      delivery: 'bounced',
      tokenHash: new Uint8Array(Buffer.from(newId())),
      email: user.email,
      createdAt: new Date(Date.now() - 4 * 86_400_000),
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  });
}

test('Home lists what waits, for each reader inside their own view', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const mine = await makeMember(db, { roles: ['org-admin'] });
  const theirs = await makeMember(db, { roles: ['org-admin'] });
  const member = await makeUser(db, { roles: ['member'] });
  await bounced(mine.organizationId);
  await bounced(null);
  const waiting = async (id: string) =>
    (await listWaiting(await canAs(db, id))).map(({ what, count }) => [what, count]);
  expect(await waiting(admin.id)).toEqual([
    ['Invitations did not arrive', 2],
    ['Invitations unanswered for three days', 2],
  ]);
  expect(await waiting(mine.id)).toEqual([
    ['Invitations did not arrive', 1],
    ['Invitations unanswered for three days', 1],
  ]);
  expect(await waiting(theirs.id)).toEqual([]);
  expect(await waiting(member.id)).toEqual([]);
});
