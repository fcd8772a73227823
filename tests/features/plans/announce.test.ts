import { testDatabase } from '@tests/support/database';
import { makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { announcePlan } from '@/features/plans/announce.service';
import { newId } from '@/lib/ids';
import { sql } from '@/server/db/sql';
import { writesOn } from '@/server/db/statements';

const { db } = await testDatabase();

// Uploads are announced outside a transaction, so one statement has to make both or nothing.
test('a plan and what belongs to it are made together or not at all', async () => {
  const plan = { kind: 'import', organizationId: null, createdBy: (await makeUser(db)).id };
  const announce = (id: string, size: number | null) =>
    announcePlan(
      writesOn(db),
      { id, ...plan },
      sql`INSERT INTO upload (plan_id, file_name, header, size) VALUES (${id}::uuid, 'a.csv', '{}', ${size}::bigint)`,
    );
  await expect(announce(newId(), null)).rejects.toThrow();
  expect(await db.plan.count()).toBe(0);

  const id = newId();
  await announce(id, 1);
  expect(await db.plan.findUnique({ where: { id }, include: { upload: true } })).toMatchObject({
    ...{ state: 'preparing', params: {}, workedAt: null },
    upload: { fileName: 'a.csv' },
  });
});

test('only a plan with params counts as worked on', async () => {
  const id = newId();
  const createdBy = (await makeUser(db)).id;
  await announcePlan(writesOn(db), { id, kind: 'invitations', organizationId: null, createdBy, params: { a: 1 } });
  expect(await db.plan.findUnique({ where: { id } })).toMatchObject({
    params: { a: 1 },
    workedAt: expect.any(Date),
  });
});
