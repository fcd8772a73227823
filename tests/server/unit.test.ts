import { testDatabase } from '@tests/support/database';
import { makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { client } from '@/server/db/statements';
import { Fail } from '@/server/fail';
import { inUnit } from '@/server/unit';

const { db } = await testDatabase();

test('a unit of work that audits nothing is rolled back', async () => {
  const work = inUnit((tx) => makeUser(tx, { email: 'silent@example.com' }), { client: db });
  await expect(work).rejects.toThrow('audit log');
  expect(await db.user.findUnique({ where: { email: 'silent@example.com' } })).toBeNull();
});

test('a change and its audit event are rolled back together', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const work = workAs(db, admin.id, async (tools) => {
    await makeUser(tools[client], { email: 'gone@example.com' });
    await tools.audit({ action: 'user.created', subject: { type: 'user', id: newId() } });
    throw new Fail('input');
  });
  await expect(work).rejects.toThrow(Fail);
  expect(await db.user.findUnique({ where: { email: 'gone@example.com' } })).toBeNull();
  expect(await db.auditEvent.count()).toBe(0);
});

test('two units of work that lock in opposite order both finish', async () => {
  const [one, two] = [await makeUser(db), await makeUser(db)];
  const lockBoth = (first: string, second: string) =>
    inUnit(
      async (tx) => {
        await tx.user.update({ where: { id: first }, data: { version: { increment: 1 } } });
        await new Promise((resolve) => setTimeout(resolve, 200));
        await tx.user.update({ where: { id: second }, data: { version: { increment: 1 } } });
      },
      { client: db, exempt: true },
    );
  await Promise.all([lockBoth(one.id, two.id), lockBoth(two.id, one.id)]);
  expect((await db.user.findUniqueOrThrow({ where: { id: one.id } })).version).toBe(3);
});
