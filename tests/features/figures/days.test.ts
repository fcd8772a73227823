import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import '@/handlers';
import { lastDays } from '@/features/figures/days.queries';
import { newId } from '@/lib/ids';
import { jobRegistry } from '@/server/job';

const { db } = await testDatabase();

const dayMs = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs);
const count = () => jobRegistry.get('figures.count-days')?.handle({});

async function signIns(userId: string, ...days: number[]) {
  const attempt = { email: 'a@example.com', userId };
  await db.signInAttempt.createMany({
    data: days.flatMap((day) => [
      { ...attempt, id: newId(), at: ago(day), result: 'signed_in' as const },
      { ...attempt, id: newId(), at: ago(day), result: 'wrong_password' as const },
    ]),
  });
}

/** What happened on each day, today first, without empty days at the end. */
async function figuresFor(userId: string) {
  const days = await lastDays(await canAs(db, userId));
  return days
    ?.toReversed()
    .map(({ joined, signedIn }) => `${joined} ${signedIn}`)
    .join(', ')
    .replace(/(, 0 0)+$/, '');
}

test('joins and sign-ins are counted per day, on the platform and in each organization', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const mine = await makeMember(db, { roles: ['org-admin'] });
  const theirs = await makeMember(db, { roles: ['org-admin'] });
  await db.user.update({ where: { id: theirs.id }, data: { activatedAt: ago(2) } });
  const quiet = await makeMember(db, { roles: ['org-admin'] });
  await db.membership.updateMany({ where: { userId: quiet.id }, data: { joinedAt: ago(40) } });
  await signIns(mine.id, 0, 1, 1, 40);
  await signIns(theirs.id, 1);
  await signIns(admin.id, 0);
  expect(await lastDays(await canAs(db, admin.id))).toBeNull();
  await count();
  expect(await lastDays(await canAs(db, admin.id))).toHaveLength(30);
  expect(await figuresFor(admin.id)).toBe('0 2, 0 3, 1 0');
  expect(await figuresFor(mine.id)).toBe('1 1, 0 2');
  expect(await figuresFor(theirs.id)).toBe('1 0, 0 1');
  expect(await figuresFor(quiet.id)).toBe('0 0');
});

test('counting again counts the open day anew, and days before it stay as they were', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  await signIns(admin.id, 0, 1);
  await count();
  await signIns(admin.id, 0, 1);
  await count();
  await count();
  expect(await figuresFor(admin.id)).toBe('1 2, 0 1');
});
