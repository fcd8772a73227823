import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, workAs } from '@tests/support/factories';
import { afterEach, expect, test } from 'vitest';
import { failedRowsFile } from '@/features/imports/failed-rows.queries';
import { exportLimits } from '@/lib/limits';
import { recordDownload } from '@/server/lines-download';
import { upload, validate } from './import.support';

const { db } = await testDatabase();

const usual = { ...exportLimits };
afterEach(() => {
  Object.assign(exportLimits, usual);
});

/** Downloads an import with more failed rows than one page. */
async function take(mayGoOn: () => Promise<boolean>) {
  const actor = await makeMember(db, { roles: ['org-admin'] });
  const lines = Array.from({ length: 2_100 }, (_, n) => `nobody-${n}`);
  const { id } = await upload(db, actor.id, ['email', ...lines].join('\n'), 'crowd.csv');
  await validate(db, actor.id, id);
  const file = await failedRowsFile(await canAs<'users.import'>(db, actor.id), id);
  const begin = await workAs<'users.import', Awaited<ReturnType<typeof recordDownload>>>(db, actor.id, (work) =>
    recordDownload(work, file),
  );
  const answer = await begin({ mayGoOn });
  return { actor, id, answer };
}

test('downloading failed rows is audited before the first byte', async () => {
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

test('losing the permission cuts off the rest of the file', async () => {
  exportLimits.recheckMs = 0;
  let checks = 0;
  const { answer } = await take(async () => ++checks < 3);
  await expect(answer.text()).rejects.toThrow(/no longer allowed/);
  expect(checks).toBe(3);
});
