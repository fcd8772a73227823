import { testDatabase } from '@tests/support/database';
import { canAs, makeUser, workAs } from '@tests/support/factories';
import { wordsOf } from '@tests/support/render';
import { expect, test } from 'vitest';
import { ImportStep } from '@/features/imports/components/import-step';
import { getImport, listImports } from '@/features/imports/queries';
import { cancelImport } from '@/features/imports/service';
import { confirm, importFile, judge, upload } from './import.support';

const { db } = await testDatabase();
const admin = () => makeUser(db, { roles: ['system-admin'] });
const file = 'email,first_name\nada@example.com,Ada\nbob@example.com,Bob';

const stop = (actorId: string, id: string) =>
  workAs<'users.import', { hadBegun: boolean }>(db, actorId, (work) => cancelImport(work, id));

async function pageOf(actorId: string, id: string, search: Record<string, string> = {}) {
  const can = await canAs<'users.import'>(db, actorId);
  return wordsOf(<ImportStep can={can} detail={await getImport(can, id)} search={search} />);
}

test('a discarded import shows no review of rows that are gone', async () => {
  const { id: actor } = await admin();
  const { id } = await upload(db, actor, file);
  await judge(db, actor, id);
  expect(await pageOf(actor, id)).toContain('Create 2');
  expect(await stop(actor, id)).toEqual({ hadBegun: false });
  const page = await pageOf(actor, id);
  expect(page).toContain('Nothing was imported');
  expect(page).not.toContain('Create');
  const { rows } = await listImports(await canAs<'users.import'>(db, actor), {});
  expect(rows).toMatchObject([{ state: 'cancelled', isDiscarded: true }]);
});

test('rows that a stopped import never reached are listed as that, and promise nothing', async () => {
  const { id: actor } = await admin();
  const { id } = await upload(db, actor, file);
  await judge(db, actor, id);
  await confirm(db, actor, id);
  expect(await stop(actor, id)).toEqual({ hadBegun: true });
  const { rows } = await listImports(await canAs<'users.import'>(db, actor), {});
  expect(rows).toMatchObject([{ isDiscarded: false }]);
  for (const search of [{ verdict: 'left' }, { verdict: 'create' }]) {
    const page = await pageOf(actor, id, search);
    expect(page).toContain('Not reached 2');
    expect(page.match(/ada@example\.com.*?Not reached/)).not.toBeNull();
    expect(page).not.toContain('Gets an invitation');
  }
});

test('an import that was done lists nothing as not reached', async () => {
  const { id: actor } = await admin();
  const id = await importFile(db, actor, file);
  const page = await pageOf(actor, id);
  expect(page).toContain('The import is done');
  expect(page).not.toContain('Not reached');
});
