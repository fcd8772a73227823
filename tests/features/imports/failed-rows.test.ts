import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, workAs } from '@tests/support/factories';
import { afterEach, expect, test } from 'vitest';
import { failedRowsFile } from '@/features/imports/failed-rows.queries';
import { exportLimits } from '@/lib/limits';
import { recordTaking } from '@/server/lines-download';
import { judge, upload } from './import.support';

const { db } = await testDatabase();

const usual = { ...exportLimits };
afterEach(() => {
  Object.assign(exportLimits, usual);
});

/** An import with more failed rows than are read at once, and its file as the door hands it out. */
async function take(mayGoOn: () => Promise<boolean>) {
  const actor = await makeMember(db, { roles: ['org-admin'] });
  const lines = Array.from({ length: 2_100 }, (_, n) => `nobody-${n}`);
  const { id } = await upload(db, actor.id, ['email', ...lines].join('\n'), 'crowd.csv');
  await judge(db, actor.id, id);
  const file = await failedRowsFile(await canAs<'users.import'>(db, actor.id), id);
  const begin = await workAs<'users.import', Awaited<ReturnType<typeof recordTaking>>>(db, actor.id, (work) =>
    recordTaking(work, file),
  );
  const answer = await begin({ mayGoOn });
  return { actor, id, answer };
}

test('who takes failed rows along is in the log, before the first byte', async () => {
  const { actor, id, answer } = await take(async () => true);
  expect(await db.auditEvent.findMany({ where: { action: 'import.failed_rows_taken' } })).toMatchObject([
    { actorId: actor.id, subjectId: id, organizationId: actor.organizationId },
  ]);
  expect((await answer.text()).split('\r\n')).toHaveLength(2_102);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-disposition': 'attachment; filename="crowd-failed-rows.csv"',
    'cache-control': 'private, no-store',
  });
});

test('a right that ends takes the rest of the file with it', async () => {
  exportLimits.requestNewLinkMs = 0;
  let asked = 0;
  const { answer } = await take(async () => ++asked < 3);
  await expect(answer.text()).rejects.toThrow(/may not have it any more/);
  expect(asked).toBe(3);
});
